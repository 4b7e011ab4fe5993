# Sourced by the launchers, which set $root. `environment LOCK` sets $venv to an environment that
# holds all of $root/LOCK, made now if need be. The environment keeps a copy of each lock file it
# holds, written last by tools/prepare.py, so that a start where nothing changed costs 2 ms.

environment() {
  lock=$1
  venv=$root/.venv
  holds_lock && return
  if ! [ -w "$root" ]; then
    venv=${XDG_CACHE_HOME:-${HOME-}/.cache}/thuky/$(printf %s "$root" | cksum | tr ' ' -)
    holds_lock && return
  fi
  find_python || command -v uv >/dev/null || explain_missing_python
  echo "thuky: Đang chuẩn bị, chỉ lần này, độ một phút… / Getting ready, this once, a minute…" >&2
  [ "$python" ] || fetch_python
  "$python" -I "$root/tools/prepare.py" "$root" "$venv" "$lock" || exit
}

# A dangling bin/python tells that the system's Python was replaced. (cat, since cmp is not
# everywhere.)
holds_lock() {
  [ -x "$venv/bin/python" ] && [ -r "$venv/$lock" ] &&
    [ "$(cat "$root/$lock")" = "$(cat "$venv/$lock")" ]
}

say() {
  printf 'thuky: %s\nthuky: %s\n' "$1" "$2" >&2
}

# Sets $python to one that is 3.11 or newer and can make an environment, by itself or with uv.
find_python() {
  lacking=python
  for python in ${THUKY_PYTHON:+"$THUKY_PYTHON"} python3.13 python3.12 python3.11 python3; do
    status=0
    "$python" -I -c 'import sys
if sys.version_info < (3, 11): sys.exit(3)
try: import ensurepip, venv
except ImportError: sys.exit(4)' >/dev/null 2>&1 </dev/null || status=$?
    case $status in
      0) return 0 ;;
      4) if command -v uv >/dev/null; then return 0; fi; lacking=venv ;;
    esac
  done
  python=
  return 1
}

fetch_python() {
  python=$(uv run --quiet --no-project --python '>=3.11,<3.14' python -I -c \
    'import sys; print(sys.executable)' 2>/dev/null) && return
  say "uv chưa tải được Python: hãy xem lại mạng rồi chạy lại." \
    "uv could not fetch Python: check the network, then run this again."
  exit 1
}

explain_missing_python() {
  case $lacking in
    venv) say \
      "Python ở máy này thiếu phần venv: hãy cài gói python3-venv rồi chạy lại." \
      "This machine's Python lacks venv: install the package python3-venv, then run this again." ;;
    *) say \
      "Cần Python 3.11 trở lên (hoặc uv) mà máy này chưa có: hãy cài rồi chạy lại." \
      "Python 3.11 or newer (or uv) is needed and was not found: install it, then run this again." ;;
  esac
  exit 1
}
