using System.Text;

namespace RnnCompare.Experiments;

/// <summary>The data sets that are part of the program.</summary>
public static class ShippedData
{
    /// <summary>The text of a file of <c>experiments/data</c>.</summary>
    /// <param name="name">The file's name.</param>
    public static string Read(string name) => Encoding.UTF8.GetString(ReadBytes(name));

    /// <summary>The bytes of a file that is part of the program.</summary>
    internal static byte[] ReadBytes(string name)
    {
        using var stream = typeof(ShippedData).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"'{name}' is not a data set of the program.", nameof(name));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
