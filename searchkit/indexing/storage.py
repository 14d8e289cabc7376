"""Where an index's files are: a folder, or memory. The only place that opens, syncs, renames and removes
them.
"""

from __future__ import annotations

import errno
import io
import mmap
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from searchkit.errors import IndexLocked, IndexNotFound, StorageError

LOCK = "MAIN_WRITELOCK"  # the name under which Whoosh locks the same folder
_RIGHTS = "no permission to read or write it. Choose another folder with --index, or change its rights."
_REASONS = {
    errno.ENOSPC: "the disk is full. The index is as last committed; free some space, then run this again.",
    errno.EDQUOT: "the disk quota is used up. The index is as last committed.",
    errno.EFBIG: "the disk or `ulimit -f` allows no file so large (FAT: 4 GB). "
                 "The index is as last committed; choose another folder with --index.",
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "the file system is read-only. Choose another folder with --index.",
    errno.EMFILE: "too many open files. Raise the limit with: ulimit -n 4096",
    errno.ENOTDIR: "not a folder.",
    errno.EEXIST: "not a folder, or a link to one that is not there (a disk that is not mounted?).",
}
_WAIT_STEP = 0.1
"""Seconds between two tries to lock what another process writes to."""
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)
"""What file systems say that cannot make a folder durable apart from its files (some of FUSE and SMB)."""


class Directory(Protocol):
    """A flat set of named files. Every method may raise StorageError; `names`, `read` and `map` raise
    FileNotFoundError.
    """

    path: str
    spool: str | None

    def names(self) -> list[str]: ...
    def read(self, name: str) -> bytes: ...
    def map(self, name: str) -> bytes | mmap.mmap: ...
    def create(self, name: str) -> IO[bytes]: ...
    def append(self, name: str, size: int) -> IO[bytes] | None: ...
    def commit_file(self, file: IO[bytes], name: str) -> None: ...
    def replace(self, name: str, data: bytes) -> None: ...
    def remove(self, name: str) -> None: ...
    def lock(self) -> Lock: ...


class Lock(Protocol):
    """The right to write; `release` gives it back. `check` raises StorageError where it is not held any more:
    another folder, or another lock, is in its place.
    """

    def check(self) -> None: ...
    def release(self) -> None: ...


def locked(directory: Directory, wait: float) -> Lock:
    """The lock of a directory, once nobody else has it, who is waited for so many seconds. Raises
    IndexLocked, StorageError.
    """
    until = time.monotonic() + wait
    while True:
        try:
            return directory.lock()
        except IndexLocked:
            if time.monotonic() >= until:
                raise
            time.sleep(_WAIT_STEP)


@contextmanager
def _explained(path: object) -> Iterator[None]:
    """Turns an OSError into a StorageError that says what to do."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"{error.strerror or error}.")
        raise StorageError(error.filename or path, reason) from error


@contextmanager
def writing(path: object) -> Iterator[None]:
    """The same where a file is written: that its folder is not there is an error, too."""
    try:
        with _explained(path):
            yield
    except FileNotFoundError as error:
        raise StorageError(path, "the folder is gone.") from error


class Folder:
    """Files in a folder of the file system: the one that `path` means now, wherever the process goes."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        self._place = _from_here(self.path)
        self.spool: str | None = self._place

    def make(self) -> None:
        """Makes the folder where there is none."""
        with writing(self.path):
            Path(self._place).mkdir(parents=True, exist_ok=True)

    def names(self) -> list[str]:
        with _explained(self.path):
            return os.listdir(self._place)

    def read(self, name: str) -> bytes:
        with _explained(self.path):
            return _a_file(self._at(name)).read_bytes()

    def map(self, name: str) -> bytes | mmap.mmap:
        with _explained(self.path), _a_file(self._at(name)).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b""

    def create(self, name: str) -> IO[bytes]:
        with writing(self.path):
            return self._at(name).open("w+b", buffering=1 << 20)

    def append(self, name: str, size: int) -> IO[bytes] | None:
        """A file to write on after its first bytes, so many; made where it is missing. Not made durable."""
        with writing(self.path):
            file = _a_file(self._at(name), to_write=True).open("ab")
            if file.tell() != size:
                file.truncate(size)
            return file

    def commit_file(self, file: IO[bytes], name: str) -> None:
        """Makes sure that a file from `create` is on the disk, and closes it."""
        with writing(self.path):
            file.flush()
            os.fsync(file.fileno())
            file.close()

    def replace(self, name: str, data: bytes) -> None:
        """Writes a file so that it is there whole or not at all, and stays after a power cut."""
        temporary = self._at(f"{name}.tmp")
        with writing(self.path):
            with _a_file(temporary, to_write=True).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            # The files that this one names must have their directory entries on the disk before it does.
            self._sync()
            temporary.replace(self._at(name))
            self._sync()

    def remove(self, name: str) -> None:
        with _explained(self.path):
            self._at(name).unlink(missing_ok=True)

    def lock(self) -> Lock:
        return _FileLock(self._at(LOCK), self.path)

    def _at(self, name: str) -> Path:
        return Path(self._place, name)

    def _sync(self) -> None:
        if os.name == "nt":
            return
        descriptor = os.open(self._place, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_SYNC:
                raise
        finally:
            os.close(descriptor)


def _a_file(file: Path, *, to_write: bool = False) -> Path:
    """The path of a file that is one, or is not there yet. The folder may be a stranger's: what a link in it
    leads to is not to be written, and a pipe or a device would be read for ever.
    """
    with suppress(FileNotFoundError):
        if not stat.S_ISREG((file.lstat() if to_write else file.stat()).st_mode):
            raise StorageError(file, "not a file: a link, a folder or a device stands in the place of one of "
                                     "the index. Remove it, or choose another folder with --index.")
    return file


def _from_here(path: str) -> str:
    """A path that means the same when the working directory is another one. Its `..` stay: behind a link they
    are no part of the path.
    """
    try:
        return str(Path(path).absolute()) if path else path
    except FileNotFoundError:  # the working directory is gone
        return path


class _FileLock:
    """An advisory lock that the system gives back when the process dies; the file holds the writer's process
    id.
    """

    def __init__(self, file: Path, path: str) -> None:
        from whoosh.util.filelock import FileLock

        if not file.parent.is_dir():
            raise IndexNotFound(path)
        self._file, self._path = file, path
        with writing(path):
            self._lock = FileLock(str(_a_file(file, to_write=True)))
            if not self._lock.acquire(blocking=False):
                raise IndexLocked(path, _pid(file))
            try:
                file.write_text(f"{os.getpid()}\n")
            except BaseException:
                self.release()
                raise

    def check(self) -> None:
        with writing(self._path):
            there = self._file.stat() if LOCK in os.listdir(self._file.parent) else None
            if there is None or not os.path.samestat(there, os.fstat(self._lock.fd)):
                raise StorageError(self._path, "another folder or lock is in its place since it began to be "
                                               "written. This was not committed; run the command again.")

    def release(self) -> None:
        self._lock.release()


def _pid(file: Path) -> int | None:
    try:
        return int(file.read_text()[:20])
    except (OSError, ValueError):
        return None


class Memory:
    """Files in memory: the same behaviour, nothing on disk."""

    def __init__(self) -> None:
        self.path = "memory"
        self.spool: str | None = None
        self._files: dict[str, bytes] = {}
        self._locked = False

    def names(self) -> list[str]:
        return list(self._files)

    def read(self, name: str) -> bytes:
        try:
            return self._files[name]
        except KeyError:
            raise FileNotFoundError(name) from None

    def map(self, name: str) -> bytes | mmap.mmap:
        return self.read(name)

    def create(self, name: str) -> IO[bytes]:
        return io.BytesIO()

    def append(self, name: str, size: int) -> IO[bytes] | None:
        """None: what is only worth keeping for another process is not kept."""
        return None

    def commit_file(self, file: IO[bytes], name: str) -> None:
        assert isinstance(file, io.BytesIO)
        self._files[name] = file.getvalue()

    def replace(self, name: str, data: bytes) -> None:
        self._files[name] = data

    def remove(self, name: str) -> None:
        self._files.pop(name, None)

    def lock(self) -> Lock:
        if self._locked:
            raise IndexLocked(self.path)
        self._locked = True
        return self

    def check(self) -> None:
        """Nothing can take its place."""

    def release(self) -> None:
        """Gives the lock back."""
        self._locked = False
