namespace Portok.Systemd.Tests.Machine;

/// <summary>
/// One machine with the package installed and apps running, for tests that can live beside each other: each has an instance and
/// a public port of its own, and leaves the units as they were. Booted by the first test that asks.
/// </summary>
public sealed class SharedMachine : IAsyncDisposable
{
    /// <summary>Where healthy apps are.</summary>
    public const int OldApp = 8080, NewApp = 8081;

    private TestMachine? _machine;

    /// <summary>The machine; skips the test where none can be booted.</summary>
    internal async Task<TestMachine> BootedAsync()
    {
        if (_machine is not null)
            return _machine;

        TestMachine machine = await TestMachine.BootAsync();
        try
        {
            await Package.InstallAsync(machine, await Package.BuildAsync());
            await DemoApp.InstallAsync(machine, OldApp, NewApp);
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }

        return _machine = machine;
    }

    public ValueTask DisposeAsync() => _machine?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(Name)]
public sealed class OnSharedMachine : ICollectionFixture<SharedMachine>
{
    public const string Name = "shared machine";
}
