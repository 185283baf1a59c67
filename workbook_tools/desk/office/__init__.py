"""The desk of a bureau (内网收件台): departments log in and hand in, the bureau sees its board."""
