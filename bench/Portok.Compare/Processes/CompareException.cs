namespace Portok.Compare.Processes;

/// <summary>Something a person has to mend; the message says what.</summary>
internal sealed class CompareException(string message) : Exception(message);
