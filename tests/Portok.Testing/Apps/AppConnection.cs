using System.Net.Sockets;

namespace Portok.Testing;

/// <summary>One connection as a scripted app sees it: reads requests, answers with exact bytes.</summary>
public sealed class AppConnection : WireSocket
{
    private readonly List<WireMessage> _requests = [];

    internal AppConnection(Socket socket, bool keepAll)
        : base(socket, keepAll)
    {
    }

    /// <summary>The requests read so far by <see cref="ReadRequestAsync"/>.</summary>
    public IReadOnlyList<WireMessage> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>What ended the script before its end; null when it ran through or still runs.</summary>
    public Exception? Fault { get; internal set; }

    /// <summary>Completes when the script has ended, by itself or by a fault. Await it before looking at what the script found.</summary>
    public Task Done { get; internal set; } = Task.CompletedTask;

    /// <summary>Reads the next request whole: head and body by its framing.</summary>
    /// <exception cref="WireException">None came, or not all of it.</exception>
    public async Task<WireMessage> ReadRequestAsync()
    {
        WireMessage request = await ReadMessageAsync(endsAtClose: false, _ => false).ConfigureAwait(false);
        lock (_requests)
            _requests.Add(request);
        return request;
    }

    /// <summary>Reads only the head of the next request; the body stays to be read by bytes.</summary>
    public async Task<WireMessage> ReadRequestHeadAsync()
    {
        WireMessage request = await ReadMessageAsync(endsAtClose: false, _ => true).ConfigureAwait(false);
        lock (_requests)
            _requests.Add(request);
        return request;
    }

    /// <summary>Whether another request begins; false when the other side ended instead.</summary>
    public async Task<bool> HasMoreAsync() => (await PeekAsync(1).ConfigureAwait(false)).Length > 0;

    /// <summary>Does nothing until the other side ends, reading nothing but the end (bytes are thrown away).</summary>
    public Task<byte[]> StallAsync() => ReadToEndAsync();
}
