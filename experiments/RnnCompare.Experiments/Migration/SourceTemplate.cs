using System.Text;
using System.Text.RegularExpressions;

namespace RnnCompare.Experiments.Migration;

/// <summary>A C# file that compiles as it is, and becomes a file of a migrated project by four substitutions.</summary>
/// <remarks>
/// The namespace <c>MigratedModel</c> becomes the project's; the value of a <c>const</c> becomes what is given for its name; and of
/// <c>#if</c> … <c>#endif</c> the branch stays that the symbols choose. Conditions are symbols with <c>!</c>, <c>&amp;&amp;</c> and <c>||</c>.
/// A block becomes what <see cref="Blocks"/> has for it.
/// </remarks>
/// <param name="Namespace">The project's namespace.</param>
/// <param name="Symbols">The symbols that are defined.</param>
/// <param name="Constants">The values of constants, as C# writes them, by the constants' names.</param>
internal sealed partial record SourceTemplate(string Namespace, IReadOnlySet<string> Symbols, IReadOnlyDictionary<string, string> Constants)
{
    /// <summary>The namespace of the templates.</summary>
    public const string OwnNamespace = "MigratedModel";

    /// <summary>The lines of blocks, by name: they replace what stands between <c>// &lt;name&gt;</c> and <c>// &lt;/name&gt;</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Blocks { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The file of a project.</summary>
    /// <param name="source">The template.</param>
    public string Render(string source)
    {
        var (text, branches) = (new StringBuilder(), new Stack<Branch>());
        string? block = null;
        foreach (var line in source.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            if (Mark().Match(line) is { Success: true } mark)
            {
                block = mark.Groups["end"].Length > 0 ? null : mark.Groups["name"].Value;
                text.AppendJoin("", block is null ? [] : Blocks[block].Select(own => mark.Groups["indent"].Value + own + "\n"));
            }
            else if (block is null && !Choose(line.Trim(), branches) && branches.All(branch => branch.IsTaken))
            {
                text.Append(Substitute(line)).Append('\n');
            }
        }

        return EmptyLines().Replace(text.ToString(), "\n\n");
    }

    // Whether a line is a directive, and what follows from it.
    private bool Choose(string line, Stack<Branch> branches)
    {
        if (line.StartsWith("#if ", StringComparison.Ordinal))
        {
            var holds = Holds(line[4..]);
            branches.Push(new(holds, holds));
        }
        else if (line.StartsWith("#elif ", StringComparison.Ordinal))
        {
            var earlier = branches.Pop();
            var holds = !earlier.WasTaken && Holds(line[6..]);
            branches.Push(new(holds, earlier.WasTaken || holds));
        }
        else if (line.StartsWith("#else", StringComparison.Ordinal))
        {
            branches.Push(new(!branches.Pop().WasTaken, true));
        }
        else if (line == "#endif")
        {
            branches.Pop();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool Holds(string condition)
    {
        return condition.Split("||").Any(part => part.Split("&&").Select(symbol => symbol.Trim()).All(symbol => symbol[0] == '!' ? !Symbols.Contains(symbol[1..]) : Symbols.Contains(symbol)));
    }

    private string Substitute(string line)
    {
        if (line == $"namespace {OwnNamespace};")
        {
            return $"namespace {Namespace};";
        }

        return Constant().Match(line) is { Success: true } match && Constants.TryGetValue(match.Groups["name"].Value, out var value)
            ? $"{match.Groups["declaration"].Value}{value};"
            : line;
    }

    [GeneratedRegex(@"^(?<declaration>\s*(?:public|private) const [\w.]+ (?<name>\w+) = )[^;]+;$")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^(?<indent>\s*)// <(?<end>/?)(?<name>\w+)>$")]
    private static partial Regex Mark();

    // Where a branch was left out between two empty lines.
    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();

    private readonly record struct Branch(bool IsTaken, bool WasTaken);
}
