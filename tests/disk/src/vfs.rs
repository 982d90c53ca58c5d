//! The table of functions through which SQLite reaches its files.

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::{MaybeUninit, size_of};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::ptr;
use std::sync::Once;

use rusqlite::ffi;

use crate::harm::{Harm, at_write_or_sync, has_power, note_sync, note_write};

/// A file, as SQLite has it: what it must begin with, ours, and behind it the real one.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    path: *mut PathBuf,
}

static INSTALL: Once = Once::new();

/// Puts the disk under every connection that this process opens from now on. Idempotent.
pub fn install() {
    INSTALL.call_once(|| {
        // SAFETY: the default VFS lives as long as the process, and ours is leaked to do the same.
        unsafe {
            ffi::sqlite3_initialize();
            let real = ffi::sqlite3_vfs_find(ptr::null());
            let mut ours = *real;
            ours.zName = c"kinweave-disk".as_ptr();
            ours.pAppData = real.cast();
            ours.szOsFile += size_of::<File>() as c_int;
            ours.pNext = ptr::null_mut();
            ours.xOpen = Some(open);
            ours.xDelete = Some(delete);
            ours.xAccess = Some(access);
            ours.xFullPathname = Some(full_pathname);
            ffi::sqlite3_vfs_register(Box::leak(Box::new(ours)), 1);
        }
    });
}

unsafe fn real_vfs(vfs: *mut ffi::sqlite3_vfs) -> *mut ffi::sqlite3_vfs {
    // SAFETY: set in `install`.
    unsafe { (*vfs).pAppData.cast() }
}

unsafe fn real_file(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: SQLite reserved `szOsFile` bytes, of which the real file has those behind ours.
    unsafe { file.cast::<u8>().add(size_of::<File>()).cast() }
}

unsafe fn methods_of<'a>(file: *mut ffi::sqlite3_file) -> (*mut ffi::sqlite3_file, &'a ffi::sqlite3_io_methods) {
    // SAFETY: the real VFS has filled it in when it opened the file.
    unsafe {
        let real = real_file(file);
        (real, &*(*real).pMethods)
    }
}

unsafe fn path_of<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a Path> {
    // SAFETY: set in `open`, freed in `close`.
    unsafe { (*file.cast::<File>()).path.as_ref().map(PathBuf::as_path) }
}

fn code_of(harm: Harm) -> c_int {
    match harm {
        Harm::Full => ffi::SQLITE_FULL,
        Harm::FailedWrite | Harm::PowerCut => ffi::SQLITE_IOERR_WRITE,
        Harm::FailedSync => ffi::SQLITE_IOERR_FSYNC,
    }
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: as SQLite calls it.
    unsafe {
        let real = real_vfs(vfs);
        let Some(open) = (*real).xOpen else { return ffi::SQLITE_ERROR };
        (*file).pMethods = ptr::null();
        let code = open(real, name, real_file(file), flags, out_flags);
        if code != ffi::SQLITE_OK {
            return code;
        }
        let path =
            (!name.is_null()).then(|| PathBuf::from(std::ffi::OsStr::from_bytes(CStr::from_ptr(name).to_bytes())));
        (*file.cast::<File>()).path = path.map_or(ptr::null_mut(), |path| Box::into_raw(Box::new(path)));
        (*file).pMethods = &raw const METHODS;
        code
    }
}

unsafe extern "C" fn delete(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    if !has_power() {
        return ffi::SQLITE_IOERR_DELETE;
    }
    // SAFETY: passed on as it came.
    unsafe {
        let real = real_vfs(vfs);
        (*real).xDelete.map_or(ffi::SQLITE_ERROR, |delete| delete(real, name, sync))
    }
}

unsafe extern "C" fn access(vfs: *mut ffi::sqlite3_vfs, name: *const c_char, flags: c_int, out: *mut c_int) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = real_vfs(vfs);
        (*real).xAccess.map_or(ffi::SQLITE_ERROR, |access| access(real, name, flags, out))
    }
}

unsafe extern "C" fn full_pathname(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    size: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: passed on as it came.
    unsafe {
        let real = real_vfs(vfs);
        (*real).xFullPathname.map_or(ffi::SQLITE_ERROR, |full| full(real, name, size, out))
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once.
    unsafe {
        let (real, methods) = methods_of(file);
        let code = methods.xClose.map_or(ffi::SQLITE_OK, |close| close(real));
        let path = std::mem::replace(&mut (*file.cast::<File>()).path, ptr::null_mut());
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
        code
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    count: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    if let Some(harm) = at_write_or_sync().filter(|harm| *harm != Harm::FailedSync) {
        return code_of(harm);
    }
    // SAFETY: passed on as it came.
    unsafe {
        if let Some(path) = path_of(file) {
            note_write(path, offset as u64, count as usize);
        }
        let (real, methods) = methods_of(file);
        methods.xWrite.map_or(ffi::SQLITE_ERROR, |write| write(real, bytes, count, offset))
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    if let Some(harm) = at_write_or_sync().filter(|harm| matches!(harm, Harm::FailedSync | Harm::PowerCut)) {
        return code_of(harm);
    }
    // SAFETY: passed on as it came.
    unsafe {
        let (real, methods) = methods_of(file);
        let code = methods.xSync.map_or(ffi::SQLITE_ERROR, |sync| sync(real, flags));
        if let Some(path) = path_of(file).filter(|_| code == ffi::SQLITE_OK) {
            note_sync(path);
        }
        code
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: ffi::sqlite3_int64) -> c_int {
    if !has_power() {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    // SAFETY: passed on as it came.
    unsafe {
        let (real, methods) = methods_of(file);
        methods.xTruncate.map_or(ffi::SQLITE_ERROR, |truncate| truncate(real, size))
    }
}

/// Functions that are passed on as they came.
macro_rules! passed_on {
    ($($name:ident as $method:ident($($argument:ident: $type:ty),*);)*) => {
        $(unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file $(, $argument: $type)*) -> c_int {
            // SAFETY: passed on as it came.
            unsafe {
                let (real, methods) = methods_of(file);
                methods.$method.map_or(ffi::SQLITE_ERROR, |method| method(real $(, $argument)*))
            }
        })*
    };
}

passed_on! {
    read as xRead(bytes: *mut c_void, count: c_int, offset: ffi::sqlite3_int64);
    file_size as xFileSize(size: *mut ffi::sqlite3_int64);
    lock as xLock(level: c_int);
    unlock as xUnlock(level: c_int);
    check_reserved_lock as xCheckReservedLock(out: *mut c_int);
    file_control as xFileControl(op: c_int, argument: *mut c_void);
    sector_size as xSectorSize();
    device_characteristics as xDeviceCharacteristics();
    shm_map as xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void);
    shm_lock as xShmLock(offset: c_int, count: c_int, flags: c_int);
    shm_unmap as xShmUnmap(delete: c_int);
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: passed on as it came.
    unsafe {
        let (real, methods) = methods_of(file);
        if let Some(barrier) = methods.xShmBarrier {
            barrier(real);
        }
    }
}

/// Version 2: what is mapped into memory would be written without a word to anyone.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    // SAFETY: `None` is all zeros; these two belong to version 3.
    ..unsafe { MaybeUninit::<ffi::sqlite3_io_methods>::zeroed().assume_init() }
};
