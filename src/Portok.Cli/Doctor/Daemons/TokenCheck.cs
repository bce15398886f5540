namespace Portok.Cli.Doctor.Daemons;

/// <summary>The daemon takes the token that stands in its file.</summary>
internal sealed class TokenCheck(InstanceFacts instance) : ICheck
{
    public string Name => "token";

    public async Task<Finding?> LookAsync(CancellationToken cancellation) => !instance.HasAddress ? null : (await instance.ReplyAsync().ConfigureAwait(false)) switch
    {
        { Status: not null } => Finding.Ok("the daemon takes the file's token"),
        { HttpStatus: 401 } => await RefusedAsync().ConfigureAwait(false),
        // The daemon's own check has said why there is no answer.
        _ => null,
    };

    private async Task<Finding> RefusedAsync()
    {
        string reload = instance.Machine.AsAdministrator($"systemctl reload portok@{instance.Name}");
        string restart = instance.Machine.AsAdministrator($"portok restart {instance.Name}");
        bool ofSystemd = await instance.ServiceAsync().ConfigureAwait(false) is { IsActive: true };
        int process = ofSystemd ? 0 : await instance.ProcessAsync().ConfigureAwait(false);
        string mend = ofSystemd ? reload : process > 0 ? $"kill -HUP {process}" : restart;
        return Finding.Fault("the daemon does not take the file's token (401)", mend, "ADMIN_TOKEN was changed in the file, or in the daemon's environment, after the daemon had read it.");
    }
}
