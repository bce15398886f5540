using Portok.Cli.Rendering;

namespace Portok.Cli.Doctor.Machines;

/// <summary>The disk of the saved states has room: a switch that cannot be written is refused.</summary>
internal sealed class DiskCheck(MachineFacts machine) : ICheck
{
    private const long Little = 64L * 1024 * 1024;
    private const long TooLittle = 1024 * 1024;

    public string Name => "disk";

    public Task<Finding?> LookAsync(CancellationToken cancellation)
    {
        string path = machine.Folders.State;
        if (!Directory.Exists(path))
        {
            return Task.FromResult<Finding?>(null);
        }

        DriveInfo drive = new(path);
        string free = $"{Wording.Bytes(drive.AvailableFreeSpace)} free for {path}";
        string mend = $"df -h {path}";
        return Task.FromResult<Finding?>(Judge(drive.AvailableFreeSpace, free, mend));
    }

    /// <summary>What the room left comes to.</summary>
    internal static Finding Judge(long left, string words, string mend) => left switch
    {
        < TooLittle => Finding.Fault($"{words}: switches will be refused", mend),
        < Little => Finding.Warning(words, mend),
        _ => Finding.Ok(words),
    };
}
