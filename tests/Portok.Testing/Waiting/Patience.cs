namespace Portok.Testing;

/// <summary>How long tests wait for something that is expected to happen. Generous, because test machines are busy; never unbounded.</summary>
public static class Patience
{
    /// <summary>For one answer, one byte, one state change.</summary>
    public static TimeSpan Normal { get; } = TimeSpan.FromSeconds(15);

    /// <summary>For a process to start and answer, and for long transfers.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromSeconds(45);
}
