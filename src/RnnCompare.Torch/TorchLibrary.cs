using System.Runtime.InteropServices;

namespace RnnCompare.Torch;

/// <summary>The native library under TorchSharp: loaded once, or what it lacks.</summary>
public static class TorchLibrary
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>Whether TorchSharp can compute on this machine.</summary>
    public static bool IsAvailable => Problem is null;

    /// <summary>Why TorchSharp cannot compute on this machine, in one line that names the library and what it lacks; null where it can.</summary>
    public static string? Problem => Found.Value;

    /// <summary>Demands that TorchSharp can compute on this machine.</summary>
    /// <exception cref="TorchUnavailableException">It cannot; the message names the library and what it lacks.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new TorchUnavailableException(problem);
        }
    }

    /// <summary>What keeps a native library from being loaded, as one line; null where nothing does.</summary>
    /// <param name="path">The library's file.</param>
    internal static string? Load(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            // Of the loader's lines, the one about this file says what was asked for and is not there.
            var lines = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var reason = lines.FirstOrDefault(line => line.StartsWith(path, StringComparison.Ordinal) || line.StartsWith("lib", StringComparison.Ordinal)) ?? lines[0];
            return $"TorchSharp's library {Path.GetFileName(path)} cannot be loaded: {reason.TrimEnd('.')}.";
        }
    }

    // TorchSharp's first call would load it too, but fail in a type initializer with a text of many lines.
    private static string? Find()
    {
        var file = OperatingSystem.IsWindows() ? "LibTorchSharp.dll" : OperatingSystem.IsMacOS() ? "libLibTorchSharp.dylib" : "libLibTorchSharp.so";
        var folders = ((AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var path = folders.Append(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
        return path is null
            ? $"TorchSharp's library {file} was not found for {RuntimeInformation.RuntimeIdentifier}: the program needs the package TorchSharp-cpu, which has it for win-x64, linux-x64 and osx-arm64."
            : Load(path);
    }
}

/// <summary>TorchSharp cannot compute on this machine. The message is one line that names the library and what it lacks.</summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line.</param>
    public TorchUnavailableException(string message)
        : base(message)
    {
    }
}
