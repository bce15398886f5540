using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Portok.Cli.CommandLine;
using Portok.Cli.Connection;
using Portok.Cli.Rendering;

namespace Portok.Cli.Commands;

/// <summary>A verb that asks the daemon for one answer and shows it: as the daemon's own JSON, or as a view for people.</summary>
/// <typeparam name="T">The answer.</typeparam>
internal sealed class QueryVerb<T>(string name, string description)
    where T : class
{
    private static readonly int[] Fine = [200];

    /// <summary>What the daemon is asked.</summary>
    public required string Path { get; init; }

    public required JsonTypeInfo<T> Json { get; init; }

    public required Action<Screen, T, TimeProvider> View { get; init; }

    /// <summary>How long the daemon may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Said on a terminal while it takes longer than a moment; null for an answer that comes at once.</summary>
    public string? WaitingFor { get; init; }

    /// <summary>Status codes whose body is the answer; any other is a refusal.</summary>
    public IReadOnlyList<int> Answers { get; init; } = Fine;

    /// <summary>The exit code an answer means.</summary>
    public Func<T, int> ExitCodeOf { get; init; } = static _ => ExitCode.Done;

    public Command Create(SharedOptions options, CliHost host)
    {
        Argument<string?> instance = InstanceArgument.Create();
        Command command = new(name, description) { instance };
        command.SetAction(async (parsed, cancellation) =>
        {
            Invocation run = new(parsed, options, host);
            using AdminClient client = run.Connect(parsed.GetValue(instance), Patience);
            Task<AdminAnswer> asked = client.GetAsync(Path, cancellation);
            AdminAnswer answer = await (WaitingFor is null ? asked : Waiting.ShowAsync(asked, WaitingFor, run)).ConfigureAwait(false);
            if (!Answers.Contains(answer.Status) || answer.Read(Json) is not { } read)
            {
                throw answer.IsSuccess ? Refusal.NotUnderstood() : Refusal.From(answer);
            }

            if (run.Json)
            {
                run.WriteJson(answer.Json);
            }
            else
            {
                View(run.Screen, read, host.Time);
            }

            return ExitCodeOf(read);
        });
        return command;
    }
}
