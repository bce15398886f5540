namespace Portok.Deployment.State;

/// <summary>
/// One daemon a state file: an exclusive flock(2) on <c>&lt;file&gt;.lock</c>, which is what .NET takes for
/// <see cref="FileShare.None"/> on Linux. The kernel lets go of it when the process ends, however it ends, so a stale lock
/// cannot be; the file itself stays, since removing it would let two daemons lock two files of one name.
/// </summary>
internal sealed class StateLock : IDisposable
{
    // EWOULDBLOCK is EAGAIN, and 11 on every architecture that .NET runs on with Linux. .NET puts errno into HResult here.
    private const int WouldBlock = 11;

    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <exception cref="StateInUseException">Another process, or another store in this one, holds it.</exception>
    /// <exception cref="IOException">The lock file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The lock file cannot be opened.</exception>
    public static StateLock Take(string stateFile)
    {
        var path = stateFile + ".lock";
        try
        {
            return new StateLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (e.HResult == WouldBlock)
        {
            throw new StateInUseException(stateFile, path);
        }
    }

    public void Dispose() => _file.Dispose();
}
