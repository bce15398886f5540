namespace Portok.Deployment.State;

/// <summary>The few file operations the state store is made of, so that a test can let each of them fail or be the last.</summary>
/// <remarks>All of them throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> and nothing else.</remarks>
public interface IStateFiles
{
    /// <summary>The whole content; null when there is no such file.</summary>
    byte[]? Read(string path);

    /// <summary>Creates or replaces a file; when it returns, the content is on the disk itself (fsync).</summary>
    void WriteDurably(string path, ReadOnlySpan<byte> content);

    /// <summary>Atomically gives a file another name, replacing what had it (rename(2)).</summary>
    void Rename(string from, string to);

    /// <summary>Makes renames inside a folder durable (fsync of the folder).</summary>
    void SyncDirectory(string path);

    /// <summary>Creates a folder and its parents; none is no fault.</summary>
    void CreateDirectory(string path);

    /// <summary>Removes a file; none is no fault.</summary>
    void Delete(string path);

    /// <summary>Renames a file or folder to a name that nothing has.</summary>
    void MoveAside(string from, string to);

    /// <summary>Copies a file to a name that nothing has.</summary>
    void CopyAside(string from, string to);
}
