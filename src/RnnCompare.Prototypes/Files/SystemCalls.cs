using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnCompare.Prototypes.Files;

/// <summary>What .NET has no name for: on to the disk with a folder's entries, and what a path is before it is opened.</summary>
internal static class SystemCalls
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ModePosition = 28; // of stx_mode in struct statx, the same on every architecture
    private const int KindMask = 0xF000; // S_IFMT

    /// <summary>Makes sure that a rename in a folder outlives a power cut; where the system has no such call, its own care has to do.</summary>
    public static void FlushFolder(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }

        var descriptor = Open(Terminated(folder), 0);
        if (descriptor >= 0)
        {
            // Not every file system can; what it holds is then as safe as it lets it be.
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
    }

    /// <summary>What a path leads to, where that is neither a file nor a folder: <c>a named pipe</c>; null otherwise, and where the system does not say.</summary>
    public static string? Oddity(string path)
    {
        var buffer = new byte[256];
        if (!OperatingSystem.IsLinux() || Status(CurrentFolder, Terminated(path), 0, TypeOnly, buffer) != 0)
        {
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(buffer.AsSpan(ModePosition)) & KindMask) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    private static byte[] Terminated(string path) => [.. Encoding.UTF8.GetBytes(path), 0];

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int Status(int folder, byte[] path, int flags, uint mask, byte[] buffer);
}
