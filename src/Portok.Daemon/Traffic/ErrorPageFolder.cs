using System.Globalization;
using Portok.Engine;
using Portok.Http1;
using Portok.Settings;

namespace Portok.Daemon.Traffic;

/// <summary>Reads ERROR_PAGES_DIR: files named STATUS.html, STATUS.json or STATUS.txt, with a STATUS from 400 to 599.</summary>
internal static class ErrorPageFolder
{
    /// <summary>A page must fit the engine's buffers beside its head.</summary>
    public const int MaxPageBytes = 64 * 1024;

    /// <param name="path">The folder; null: no pages.</param>
    /// <param name="warnings">Files that look like pages and cannot be used.</param>
    /// <exception cref="StartException">The folder or a page cannot be read.</exception>
    public static ErrorPages Read(string? path, ICollection<string> warnings)
    {
        if (path is null)
        {
            return ErrorPages.None;
        }

        Dictionary<(int Status, AnswerForm Form), byte[]> pages = [];
        try
        {
            foreach (FileInfo file in new DirectoryInfo(path).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
            {
                if (!TryParseName(file.Name, out int status, out AnswerForm form))
                {
                    warnings.Add($"ERROR_PAGES_DIR: {LogSafe.Shorten(file.Name)} is passed over; pages are named like 502.html, 502.json, 502.txt (400 to 599)");
                }
                else if (file.Length > MaxPageBytes)
                {
                    warnings.Add($"ERROR_PAGES_DIR: {file.Name} is passed over; a page has at most {MaxPageBytes} bytes");
                }
                else
                {
                    pages[(status, form)] = File.ReadAllBytes(file.FullName);
                }
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"ERROR_PAGES_DIR={LogSafe.Escape(path)} cannot be read: {problem.Message}", problem);
        }

        return new ErrorPages(pages);
    }

    private static bool TryParseName(string name, out int status, out AnswerForm form)
    {
        form = Path.GetExtension(name) switch
        {
            ".html" => AnswerForm.Html,
            ".json" => AnswerForm.Json,
            _ => AnswerForm.Text,
        };
        return int.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out status)
            && status is >= 400 and <= 599 && Path.GetExtension(name) is ".html" or ".json" or ".txt";
    }
}
