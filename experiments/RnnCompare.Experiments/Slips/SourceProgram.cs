using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnCompare.Equations;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Slips;

/// <summary>The source of a small program that trains nothing and saves one pass: one class with a method <c>Run(int seed)</c>, whose backward pass stands in methods that begin with <c>Back</c>.</summary>
internal sealed class SourceProgram
{
    private const string Prefix = "programs/", Library = "Matrix";

    // A program of a cell of its own says here which of the shipped files holds its equations.
    private const string CellConstant = "Cell";

    // Every loop of a backward pass burns some: a loop that a slip made endless ends with an exception.
    private const string Fuel = """
        internal static class Fuel
        {
            private static int s_left = 1_000_000;

            public static void Burn()
            {
                if (--s_left < 0)
                {
                    throw new System.TimeoutException("The loops do not end.");
                }
            }
        }
        """;

    private static readonly CSharpCompilation Common = CSharpCompilation.Create(
        assemblyName: null,
        [CSharpSyntaxTree.ParseText(Source(Library)), CSharpSyntaxTree.ParseText(Fuel)],
        ((string[])["System.Private.CoreLib", "System.Runtime", "System.Linq", "System.Collections"]).Select(Reference),
        new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));

    private readonly SourceText _source;
    private readonly IReadOnlyList<SourceEdit> _fuel;
    private readonly Func<int, NamedArrays?> _right;
    private readonly EquationCell? _cell;

    private SourceProgram(string name)
    {
        Name = name;
        _source = SourceText.From(Source(name));
        var tree = CSharpSyntaxTree.ParseText(_source);
        _fuel = [.. SourceSlip.BackwardNodes(tree).OfType<BlockSyntax>().Where(IsLoopBody).Select(block => new SourceEdit(new(block.OpenBraceToken.Span.End, 0), " Fuel.Burn();"))];
        Slips = [.. SourceSlip.FindAll(Common.AddSyntaxTrees(tree).GetSemanticModel(tree))];
        _cell = CellOf(tree) is { } cell ? new(CellEquations.Parse(Resource($"cells/{cell}.cell"))) : null;
        _right = Compile([]) ?? throw new InvalidOperationException($"{name} does not compile.");
    }

    /// <summary>Every program.</summary>
    public static IReadOnlyList<SourceProgram> All => AllPrograms.Value;

    private static readonly Lazy<IReadOnlyList<SourceProgram>> AllPrograms = new(() =>
    [
        .. typeof(SourceProgram).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => name[Prefix.Length..^".cs".Length])
            .Where(name => name != Library)
            .Order(StringComparer.Ordinal)
            .Select(name => new SourceProgram(name)),
    ]);

    /// <summary>The name of its class.</summary>
    public string Name { get; }

    /// <summary>The slips that its backward pass allows.</summary>
    public IReadOnlyList<SourceSlip> Slips { get; }

    /// <summary>What it saves as it stands.</summary>
    /// <param name="seed">Decides its sizes and numbers.</param>
    public NamedArrays Run(int seed) => _right(seed) ?? throw new InvalidOperationException($"{Name} does not run with seed {seed}.");

    /// <summary>Reads what it saves.</summary>
    public SavedPrototype Read(NamedArrays saved) => _cell is null ? PrototypeReader.Read(saved) : PrototypeReader.Read(saved, _cell);

    /// <summary>What it saves with slips; null where it does not compile or run to its end.</summary>
    public NamedArrays? Run(int seed, IEnumerable<SourceSlip> slips) => Compile(slips.Select(slip => slip.Edit))?.Invoke(seed);

    /// <summary>What it saves where some of its text reads otherwise, wherever it stands; null where it does not compile or run to its end.</summary>
    /// <exception cref="ArgumentException">The text does not stand in the program.</exception>
    public NamedArrays? Run(int seed, IEnumerable<(string Text, string Typed)> changes) => Compile(changes.SelectMany(change => Occurrences(change.Text, change.Typed)))?.Invoke(seed);

    /// <summary>A slip in words.</summary>
    public string Describe(SourceSlip slip) => $"{Name} {slip.Describe(_source)}";

    private Func<int, NamedArrays?>? Compile(IEnumerable<SourceEdit> edits)
    {
        var changed = _source.WithChanges(edits.Concat(_fuel).OrderBy(edit => edit.Span.Start).Select(edit => new TextChange(edit.Span, edit.Text)));
        using var image = new MemoryStream();
        if (!Common.WithAssemblyName($"{Name}").AddSyntaxTrees(CSharpSyntaxTree.ParseText(changed)).Emit(image).Success)
        {
            return null;
        }

        return seed => CompiledProgram.Run(image.ToArray(), Name, seed);
    }

    private IEnumerable<SourceEdit> Occurrences(string text, string typed)
    {
        var source = _source.ToString();
        var start = source.IndexOf(text, StringComparison.Ordinal);
        if (start < 0)
        {
            throw new ArgumentException($"'{text}' does not stand in {Name}.", nameof(text));
        }

        for (; start >= 0; start = source.IndexOf(text, start + text.Length, StringComparison.Ordinal))
        {
            yield return new(new(start, text.Length), typed);
        }
    }

    private static bool IsLoopBody(BlockSyntax block) => block.Parent is ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax;

    private static string? CellOf(SyntaxTree tree)
    {
        return tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(variable => variable.Identifier.Text == CellConstant)?.Initializer?.Value is LiteralExpressionSyntax name ? name.Token.ValueText : null;
    }

    private static string Source(string name) => Resource($"{Prefix}{name}.cs");

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(SourceProgram).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static PortableExecutableReference Reference(string name)
    {
        return MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
    }
}
