namespace Portok.Testing;

/// <summary>How a <see cref="CountingApp"/> deals with a connection after an answer.</summary>
public enum AppClose
{
    /// <summary>Waits for the next request and answers it.</summary>
    Stays,

    /// <summary>Closes with FIN right after the answer.</summary>
    FinAtOnce,

    /// <summary>Closes with RST right after the answer.</summary>
    ResetAtOnce,

    /// <summary>Closes with FIN when it has been idle for a few random milliseconds.</summary>
    FinWhenIdle,

    /// <summary>Closes with RST when it has been idle for a few random milliseconds.</summary>
    ResetWhenIdle,

    /// <summary>Closes when bytes of the next request have come, without reading one.</summary>
    AtNextBytes,

    /// <summary>Reads a part of the next head, then closes.</summary>
    InsideNextHead,

    /// <summary>Reads the next request whole and resets instead of carrying it out.</summary>
    InsteadOfCarryingOut,

    /// <summary>Carries the next request out and closes with FIN instead of answering.</summary>
    InsteadOfAnswering,
}
