namespace Portok.Differential.Wire;

/// <summary>What a recording origin got for one request.</summary>
/// <param name="Connection">Number of the connection.</param>
/// <param name="Bytes">All that came since the answer before.</param>
/// <param name="Message">What it was taken for; null: not even a head.</param>
/// <param name="Answered">Whether it was answered.</param>
internal sealed record OriginExchange(int Connection, byte[] Bytes, Message? Message, bool Answered);
