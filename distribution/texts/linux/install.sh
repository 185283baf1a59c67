#!/bin/sh
# 安装 workbook-tools {version}（Linux {machine}），不联网。用法：sh install.sh [安装到的文件夹]
set -eu
cd "$(dirname "$0")"
target=${1:-$HOME/workbook-tools}

fail() {
    echo "$1" >&2
    exit 1
}

suitable() {
    "$1" -c 'import sys, venv; sys.exit(sys.version_info[:2] not in [{pythons}])' 2>/dev/null
}

[ "$(uname -m)" = {machine} ] || fail "这个安装包只用于 {machine}，本机是 $(uname -m)。请换对应的安装包。"
glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | tr -cd '0-9.')
[ "$(printf '%s\n' 2.28 "$glibc" | sort -V | head -n 1)" = 2.28 ] ||
    fail "系统的 glibc 是 ${glibc:-未知版本}，需要 2.28 及以上（统信 UOS 20、麒麟 V10 及以后）。"
sha256sum --check --quiet SHA256SUMS.txt || fail "安装包不完整或被改动过。请重新复制一份再试。"
[ ! -e "$target" ] || fail "“$target”已经存在。请先移走它，或换一个文件夹：sh install.sh 文件夹"

python=
for candidate in ./python/bin/python3 python3.13 python3.12 python3.11 python3; do
    if suitable "$candidate"; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || fail "没有找到可用的 Python（3.11 至 3.13，带 venv 模块）。
请把独立版 Python 解压成本文件夹里的 python（其中有 bin/python3），或由管理员安装，再运行本脚本。"

case $python in
./*) # 安装包以后可能被删掉，Python 要一起搬走
    mkdir -p "$target"
    cp -R python "$target/python"
    python=$target/python/bin/python3
    ;;
esac
"$python" -m venv --without-pip "$target"
pip=$(echo wheels/pip-*.whl)
"$target/bin/python" "$pip/pip" install --quiet --no-index --no-deps --no-cache-dir \
    --disable-pip-version-check wheels/workbook_tools-*.whl --find-links wheels --requirement parts.txt
"$target/bin/workbook-tools" --version >/dev/null || fail "安装后不能运行，请把上面的提示发给维护者。"

echo "已安装到“$target”。"
echo "打开收件台：  $target/bin/workbook-tools desk"
echo "全部命令：    $target/bin/workbook-tools --help"
echo "不用了，删除这个文件夹即可。"
