using System.Globalization;
using Portok.Testing;
using Shouldly;

namespace Portok.Engine.Tests.Support;

/// <summary>
/// A well-behaved client beside those of a test, on one kept-alive connection through the same reactor: it asks without a
/// pause, and must not notice anything. Its requests are answered by <see cref="FaultyApp"/>.
/// </summary>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly RawClient _client;
    private readonly Task _asking;
    private volatile bool _stop;
    private int _answers;

    private Bystander(RawClient client)
    {
        _client = client;
        _asking = Task.Run(AskAsync);
    }

    /// <summary>Connects, and returns when the first answer is there.</summary>
    internal static async Task<Bystander> StartAsync(RunningEngine engine)
    {
        var bystander = new Bystander(await engine.ConnectAsync());
        await bystander.FlowsAsync();
        return bystander;
    }

    /// <summary>Waits for one more answer: what came before it is over.</summary>
    internal Task FlowsAsync()
    {
        int before = Volatile.Read(ref _answers);
        return Poll.UntilAsync(() => _asking.IsFaulted || Volatile.Read(ref _answers) > before, what: "the bystander to be answered");
    }

    private async Task AskAsync()
    {
        while (!_stop)
        {
            string target = string.Create(CultureInfo.InvariantCulture, $"{FaultyApp.Steady}/{_answers}");
            WireMessage answer = await _client.AskAsync(Conversations.Get(target));
            answer.Status.ShouldBe(200, "the bystander noticed something");
            answer.Text.ShouldBe(target);
            Interlocked.Increment(ref _answers);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_asking.IsFaulted) await FlowsAsync();
        }
        finally
        {
            _stop = true;
            try
            {
                await _asking;
            }
            finally
            {
                await _client.DisposeAsync();
            }
        }
    }
}
