namespace Portok.Differential.Judges;

/// <summary>What a client made of one answer: status, length and hash of the body, or why it gave up.</summary>
internal sealed record ClientReading(int Status, long Length, string Hash, string? Error)
{
    public override string ToString() => Error is null ? $"{Status} {Length} {Hash}" : $"error {Error}";
}
