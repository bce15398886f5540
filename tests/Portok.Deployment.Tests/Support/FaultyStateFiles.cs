using Portok.Deployment.State;

namespace Portok.Deployment.Tests.Support;

/// <summary>The process is gone: nothing that would run after it may touch the disk.</summary>
internal sealed class SimulatedCrashException : Exception;

/// <summary>The real disk, until an operation the test chose.</summary>
internal sealed class FaultyStateFiles : IStateFiles
{
    private readonly DiskStateFiles _disk = new(static _ => { });
    private bool _crashed;

    public List<string> Done { get; } = [];

    /// <summary>The process dies before the operation of this index, counted over the writing ones; null: it lives.</summary>
    public int? CrashBefore { get; set; }

    /// <summary>This operation fails, every time.</summary>
    public string? Fails { get; set; }

    public byte[]? Read(string path) => _disk.Read(path);

    public void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        // A crash in a write leaves a torn file behind.
        if (Done.Count == CrashBefore)
            _disk.WriteDurably(path, content[..(content.Length / 2)]);
        Step("write", path);
        _disk.WriteDurably(path, content);
    }

    public void Rename(string from, string to)
    {
        Step("rename", to);
        _disk.Rename(from, to);
    }

    public void SyncDirectory(string path)
    {
        Step("sync", path);
        _disk.SyncDirectory(path);
    }

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public void Delete(string path)
    {
        if (_crashed)
            throw new SimulatedCrashException();
        _disk.Delete(path);
    }

    public void MoveAside(string from, string to)
    {
        Step("aside", to);
        _disk.MoveAside(from, to);
    }

    public void CopyAside(string from, string to)
    {
        Step("copy", to);
        _disk.CopyAside(from, to);
    }

    private void Step(string operation, string path)
    {
        _crashed |= Done.Count == CrashBefore;
        if (_crashed)
            throw new SimulatedCrashException();
        if (string.Equals(Fails, operation, StringComparison.Ordinal))
            throw new IOException($"{operation} failed");
        Done.Add($"{operation} {Path.GetFileName(path)}");
    }
}
