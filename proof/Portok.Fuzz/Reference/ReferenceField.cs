namespace Portok.Fuzz.Reference;

/// <summary>A field line, the white space around its value taken away.</summary>
internal sealed record ReferenceField(string Name, string Value)
{
    internal bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
