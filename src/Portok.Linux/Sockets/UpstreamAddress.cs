using System.Buffers.Binary;
using System.Text;

namespace Portok.Linux.Sockets;

/// <summary>Where an upstream connection goes: a port of 127.0.0.1 or a Unix socket; holds the ready-made sockaddr.</summary>
public sealed class UpstreamAddress
{
    /// <summary>sun_path holds this many bytes, its final NUL included.</summary>
    public const int MaxUnixPathLength = 107;

    private readonly string _text;

    private UpstreamAddress(byte[] sockAddr, bool isUnix, string text)
    {
        SockAddr = sockAddr;
        IsUnix = isUnix;
        _text = text;
    }

    internal byte[] SockAddr { get; }

    /// <summary>A Unix stream socket, not TCP.</summary>
    public bool IsUnix { get; }

    /// <summary>127.0.0.1 and a port.</summary>
    public static UpstreamAddress Loopback(int port)
    {
        byte[] address = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(address, Libc.AfInet);
        BinaryPrimitives.WriteUInt16BigEndian(address.AsSpan(2), (ushort)port);
        BinaryPrimitives.WriteUInt32BigEndian(address.AsSpan(4), 0x7F000001);
        return new UpstreamAddress(address, isUnix: false, $"127.0.0.1:{port}");
    }

    /// <summary>A Unix socket's path.</summary>
    /// <exception cref="ArgumentException">The path is longer than <see cref="MaxUnixPathLength"/> bytes.</exception>
    public static UpstreamAddress Unix(string path)
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (name.Length is 0 or > MaxUnixPathLength)
            throw new ArgumentException($"A Unix socket's path has 1 to {MaxUnixPathLength} bytes; '{path}' has {name.Length}.", nameof(path));
        byte[] address = new byte[2 + name.Length + 1];
        BinaryPrimitives.WriteUInt16LittleEndian(address, Libc.AfUnix);
        name.CopyTo(address, 2);
        return new UpstreamAddress(address, isUnix: true, path);
    }

    /// <inheritdoc />
    public override string ToString() => _text;
}
