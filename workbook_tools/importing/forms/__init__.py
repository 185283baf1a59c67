"""Official self-evaluation tables with own indicators, as sheets or as tables of a document."""
