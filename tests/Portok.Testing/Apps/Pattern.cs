namespace Portok.Testing;

/// <summary>The bytes that test apps send as downloads: byte i is i mod 251, so that any shift, loss or repetition shows.</summary>
public static class Pattern
{
    private const int Period = 251;

    /// <summary>The bytes of a download, from an offset on.</summary>
    public static byte[] Bytes(int count, long offset = 0)
    {
        byte[] bytes = new byte[count];
        int value = (int)(offset % Period);
        for (int index = 0; index < count; index++)
        {
            bytes[index] = (byte)value;
            value = value + 1 == Period ? 0 : value + 1;
        }

        return bytes;
    }

    /// <summary>The offset of the first byte that is not as it must be; -1 when all are.</summary>
    public static long FirstFault(ReadOnlySpan<byte> bytes, long offset = 0)
    {
        int value = (int)(offset % Period);
        for (int index = 0; index < bytes.Length; index++)
        {
            if (bytes[index] != value)
                return offset + index;
            value = value + 1 == Period ? 0 : value + 1;
        }

        return -1;
    }
}
