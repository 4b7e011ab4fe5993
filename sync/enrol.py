"""How a database becomes a device of a workspace. Public entrance: `init`, `ask_to_join`, `joined`,
`give_up`, `opened`, `workspace_of`, `renew`, `be`.

A database joins under a new device id, so that a copy of a database never writes under the id of
the original. It is a device from the moment that the local setting `sync_folder` is there; all
that a kill may leave before that is taken up again by the same command.
"""

from collections.abc import Callable
from pathlib import Path

from schema.errors import N_, ThukyError
from schema.store import Store
from sync import capture
from sync.folder import DirectoryFolder, Folder
from sync.identity import Identity
from sync.keys import Kept, Vault, found, load, read_secret, saver, write_secret
from sync.local import FOLDER, JOINING, keys_path
from sync.pairing import Joining, WrongCode, ask
from sync.recognition import FOUNDING, recognise
from sync.state import State
from sync.statement import Member
from sync.workspace import Workspace

# The names that were given up, until what was sent under them is sent again.
RENEWED = "sync_renewed_from"
Opener = Callable[[Path], Folder]


class NotJoined(ThukyError):
    def __init__(self) -> None:
        words = N_(
            "Cơ sở dữ liệu này chưa thuộc không gian làm việc nào; hãy chạy thuky sync init hoặc "
            "thuky sync join."
        )
        super().__init__(words)


class NoKey(ThukyError):
    """The database is a device's, but its keys are gone: it must be let in again."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            N_(
                "Không thấy tệp khóa {path} của máy này nên chưa đồng bộ được. Dữ liệu trên máy "
                "còn nguyên; hãy phục hồi tệp khóa, hoặc tham gia lại bằng mã mời mới."
            ),
            path=path,
        )


def init(store: Store, path: Path, name: str, open_folder: Opener = DirectoryFolder) -> Workspace:
    """Make a workspace in the empty folder `path`, with this database as its first device.

    Raises ThukyError with nothing changed: for a folder that is not empty, not ours or already a
    workspace's, or that holds the database; and where the database is a device already.
    """
    _may_join(store, path)
    folder = open_folder(path)
    there = recognise(folder)
    vault = load(keys_path(store.path))
    if there is None:
        _set_aside(keys_path(store.path))
        now_ms = int(store.clock() * 1000)
        vault, founding = found(name, now_ms, store.randomness, saver(keys_path(store.path)))
        vault.save()
        folder.write_new(FOUNDING, founding)
    elif vault is None or vault.workspace != there:
        raise ThukyError(
            N_(
                "Thư mục {path} đã là thư mục chung của Thư Ký. Chưa có gì thay đổi; hãy tham gia "
                "bằng mã mời, hoặc chọn thư mục trống."
            ),
            path=path,
        )
    workspace = _workspace(store, folder, vault)
    workspace.refresh()
    _become(store, vault, path)
    return workspace


def ask_to_join(
    store: Store, path: Path, code: str, name: str, open_folder: Opener = DirectoryFolder
) -> Joining:
    """Ask for the place that the code offers; `joined` tells when it is given. Asking again with
    that code, as after a kill, goes on with the first request, which has used it up.

    Raises ThukyError with nothing changed, as `sync.pairing.ask` does, and where the database is
    a device already.
    """
    _may_join(store, path)
    folder, now_ms = open_folder(path), int(store.clock() * 1000)
    kept = joining_path(store.path)
    former = read_secret(kept, Joining)
    if former is not None and former.is_asked(folder, code):
        joining = former
    else:

        def keep(made: Joining) -> None:
            write_secret(kept, made)

        try:
            joining = ask(folder, code, name, now_ms, store.randomness, keep)
        except ThukyError:
            if former is None:
                kept.unlink(missing_ok=True)
            else:
                write_secret(kept, former)
            raise
    store.set_local({JOINING: str(path.resolve())})
    return joining


def give_up(store: Store) -> None:
    """Ask no more to be let in."""
    joining_path(store.path).unlink(missing_ok=True)
    store.set_local({JOINING: ""})


def joined(store: Store, path: Path, open_folder: Opener = DirectoryFolder) -> Workspace | None:
    """The workspace, once who offered the place has answered; None while that is to come.

    Raises WrongCode once the offer was taken back, and FolderError.
    """
    joining = read_secret(joining_path(store.path), Joining)
    if joining is None:
        return None
    folder = open_folder(path)
    try:
        kept = joining.answer(folder)
    except WrongCode:
        if joining_path(store.path).exists():
            raise
        kept = None  # another process has just taken the answer
    if kept is None:
        return None
    keys = keys_path(store.path)
    _set_aside(keys)
    vault = Vault(kept, saver(keys))
    vault.save()
    workspace = _workspace(store, folder, vault)
    workspace.refresh()
    _become(store, vault, path)
    joining_path(store.path).unlink(missing_ok=True)
    joining.tidy(folder)
    return workspace


def opened(store: Store, open_folder: Opener = DirectoryFolder) -> Workspace | None:
    """The workspace that this database belongs to, or None. Raises NoKey, and ThukyError."""
    path = store.local(FOLDER)
    if not path:
        return None
    vault = load(keys_path(store.path))
    if vault is None:
        raise NoKey(keys_path(store.path))
    # The keys say who this is, also after a kill between them and the database.
    be(store, vault)
    return _workspace(store, open_folder(Path(path)), vault)


def workspace_of(store: Store) -> Workspace:
    """The workspace that this database belongs to. Raises NotJoined, NoKey, and ThukyError."""
    workspace = opened(store)
    if workspace is None:
        raise NotJoined
    return workspace


def renew(store: Store, workspace: Workspace) -> Workspace:
    """Give this database a new identity, for which the old one vouches: after `Cloned`.

    What the old one wrote is from now on another device's log: whoever keeps the places of logs by
    device has nothing to move. Raises FolderError with nothing changed.
    """
    old = workspace.vault
    identity = Identity.new(store.randomness)
    public = identity.public
    member = Member(public.sign, public.box, old.name, old.device, workspace.now_ms)
    cards = [*old.kept.cards, workspace.membership.welcome(member)]
    seeds = identity.sign_seed, identity.box_secret
    kept = Kept(old.workspace, old.name, *seeds, old.trust, cards=cards)
    vault = Vault(kept, saver(keys_path(store.path)))
    _set_aside(keys_path(store.path))
    vault.save()
    be(store, vault)
    return _workspace(store, workspace.folder, vault)


def joining_path(database: Path) -> Path:
    """Where a request that waits for its answer is kept."""
    return database.with_name(f"{database.name}.joining")


def _workspace(store: Store, folder: Folder, vault: Vault) -> Workspace:
    return Workspace(folder, vault, clock=store.clock, randomness=store.randomness)


def _may_join(store: Store, path: Path) -> None:
    there = store.local(FOLDER)
    vault = load(keys_path(store.path)) if there else None
    if vault is not None and vault.device not in vault.trust.revoked:
        raise ThukyError(
            N_("Cơ sở dữ liệu này đã thuộc không gian làm việc ở {path}. Chưa có gì thay đổi."),
            path=there,
        )
    if path.resolve() in store.path.resolve().parents:
        raise ThukyError(
            N_(
                "Cơ sở dữ liệu {database} nằm trong thư mục {path}, nơi máy khác đọc và ghi được. "
                "Chưa có gì thay đổi; hãy chọn thư mục chung khác."
            ),
            database=store.path,
            path=path,
        )


def _set_aside(keys: Path) -> None:
    """Keep a copy of keys that are about to be replaced: they may be the last of a workspace."""
    vault = load(keys)
    if vault is not None:
        write_secret(keys.with_name(f"{keys.name}.{vault.device}"), vault.kept)


def _become(store: Store, vault: Vault, path: Path) -> None:
    with store.transaction():
        be(store, vault)
        store.set_local({FOLDER: str(path.resolve()), JOINING: ""})


def be(store: Store, vault: Vault) -> None:
    """From now on the database writes under this device's id. What it sent under another one goes
    again under this one, since nobody knows whether all of it arrived."""
    run = store.connection.execute
    with store.transaction():
        (before,) = run("SELECT device FROM clock").fetchone()
        if before == vault.device:
            return
        run("UPDATE clock SET device = ?", (vault.device,))
        state = State(store)
        if before in state.places() or state.outgoing():
            capture.unsend_all(store, before)
            state.drop_outgoing()
            # To be read from the beginning, as another's.
            state.leave(before)
            store.set_local({RENEWED: f"{store.local(RENEWED)} {before}".strip()})
