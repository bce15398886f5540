namespace Portok.Linux;

/// <summary>The error numbers of Linux (the same on x64 and arm64) that Portok tells apart. Others pass as their number.</summary>
public enum Errno
{
    None = 0,
    Perm = 1,
    NoEntry = 2,
    Interrupted = 4,
    BadDescriptor = 9,
    Again = 11,
    NoMemory = 12,
    Access = 13,
    Invalid = 22,
    TooManyFilesInSystem = 23,
    TooManyFiles = 24,
    NoSpace = 28,
    BrokenPipe = 32,
    Protocol = 71,
    NotSocket = 88,
    AddressInUse = 98,
    AddressNotAvailable = 99,
    NetworkUnreachable = 101,
    ConnectionAborted = 103,
    ConnectionReset = 104,
    NoBuffers = 105,
    NotConnected = 107,
    TimedOut = 110,
    ConnectionRefused = 111,
    InProgress = 115,
    AddressFamilyNotSupported = 97,
}
