using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RnnCompare.Experiments;

/// <summary>Texts as the bytes of their UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The position of the first byte that is no valid UTF-8; null where all are.</summary>
    public static int? FirstInvalid(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
        {
            return null;
        }

        var position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out var length) == OperationStatus.Done)
        {
            position += length;
        }

        return position;
    }
}
