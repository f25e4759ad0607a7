using System.Text;

namespace RnnCompare.Prototypes.Files;

/// <summary>Text as arrays store it: in NumPy 32 bits per character, padded with NULs to the longest.</summary>
internal static class ArrayText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether text survives every format: a NUL would read as padding, half of a surrogate pair is no character.</summary>
    public static bool IsStorable(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (text[0] == '\0' || Rune.DecodeFromUtf16(text, out _, out var length) != System.Buffers.OperationStatus.Done) return false;

            text = text[length..];
        }

        return true;
    }

    /// <summary>The text of one padded element, or null where it is none.</summary>
    public static string? FromUtf32(ReadOnlySpan<int> characters)
    {
        var text = new StringBuilder();
        foreach (var character in characters.TrimEnd(0))
        {
            if (character == 0 || !Rune.IsValid(character)) return null;

            text.Append(new Rune(character).ToString());
        }

        return text.ToString();
    }

    /// <summary>Writes one element; what is left of <paramref name="destination"/> stays as it is.</summary>
    public static void ToUtf32(string text, Span<int> destination)
    {
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            destination[position++] = rune.Value;
        }
    }

    public static string? FromUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
