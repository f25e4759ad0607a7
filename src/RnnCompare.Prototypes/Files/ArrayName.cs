using System.Globalization;

namespace RnnCompare.Prototypes.Files;

/// <summary>Names an array and its file in messages.</summary>
public readonly record struct ArrayName(string Source, string Name)
{
    private const int LongestMessage = 400;

    /// <summary>The refusal of this array: file and name, then <paramref name="reason"/>, which continues the sentence.</summary>
    public InvalidDataException Refuse(string reason) => Refuse(Source, $"{Name} {reason}");

    /// <summary>The refusal of a whole file.</summary>
    public static InvalidDataException Refuse(string source, string reason)
    {
        // What a file says goes to terminals and logs: one line, of bearable length, without control codes.
        var message = $"{source}: {reason}";
        var shown = message.Length <= LongestMessage ? message : $"{message.AsSpan(0, LongestMessage)}…";
        return new InvalidDataException(Shown(shown));
    }

    /// <summary>A name, or any text out of a file, as terminals and logs may see it: without control codes, nor marks that turn or hide what follows.</summary>
    public static string Shown(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Select(character => char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format ? '?' : character));
    }
}
