namespace Portok.Compare.CommandLine;

/// <summary>What is being done: one line that changes on a terminal, a line for each step elsewhere.</summary>
internal sealed class Progress(TextWriter output, bool redirected)
{
    private const string Erase = "\r\e[K";

    public void Tell(string step)
    {
        if (redirected)
        {
            output.WriteLine($"  {step}");
        }
        else
        {
            output.Write($"{Erase}  {step}");
        }
    }

    /// <summary>What follows stands on a line of its own.</summary>
    public void Done()
    {
        if (!redirected)
        {
            output.Write(Erase);
        }
    }
}
