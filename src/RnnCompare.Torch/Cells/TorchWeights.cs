using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using static TorchSharp.torch;

namespace RnnCompare.Torch.Cells;

/// <summary>The weights of a layer and direction under the names of the equations.</summary>
internal sealed class TorchWeights
{
    private readonly Dictionary<string, Tensor> _byName = [];
    private readonly Dictionary<string, (Tensor Whole, long Start, long Length)> _rows = [];

    /// <summary>Finds the weights.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="tensorOf">Gives a tensor of the layer by its name without layer and direction.</param>
    /// <param name="inputSize">What enters the layer.</param>
    /// <param name="hiddenSize">H.</param>
    public TorchWeights(CellEquations equations, Func<string, Tensor> tensorOf, int inputSize, int hiddenSize)
    {
        (InputSize, Letters) = (inputSize, equations.LettersFor(inputSize, hiddenSize));
        foreach (var weight in equations.Weights)
        {
            if (equations.Stacks.FirstOrDefault(stack => stack.Parts.Contains(weight.Name)) is not { } stack)
            {
                _byName.Add(weight.Name, tensorOf(weight.Name));
                continue;
            }

            var start = stack.Parts.TakeWhile(part => part != weight.Name).Sum(part => Rows(equations, part));
            _rows.Add(weight.Name, (tensorOf(stack.Name), start, Rows(equations, weight.Name)));
        }

        Type = (_byName.Values.FirstOrDefault() ?? _rows.Values.First().Whole).dtype;
    }

    public int InputSize { get; }

    public IReadOnlyDictionary<string, int> Letters { get; }

    public ScalarType Type { get; }

    public Tensor this[string name]
    {
        get
        {
            if (!_byName.TryGetValue(name, out var tensor))
            {
                var (whole, start, length) = _rows[name];
                _byName.Add(name, tensor = whole.narrow(0, start, length));
            }

            return tensor;
        }
    }

    /// <summary>A matrix, or its transpose, as it stands in an equation.</summary>
    public Tensor Matrix(Expression expression) => expression is Transpose transpose ? Matrix(transpose.Operand).t() : this[((Reference)expression).Name];

    /// <summary>The matrices of x·M for neighbouring gates side by side; without a copy where they lie below each other in one array.</summary>
    /// <param name="matrices">How they stand in the equations.</param>
    /// <param name="areRows">Whether their vector stands before them, as a row.</param>
    public Tensor SideBySide(IReadOnlyList<Expression> matrices, bool areRows)
    {
        List<(string Name, bool IsTransposed)> parts = [.. matrices.Select(matrix => matrix is Transpose { Operand: Reference transposed } ? (transposed.Name, areRows) : (((Reference)matrix).Name, !areRows))];
        return parts.All(part => part.IsTransposed) && Together([.. parts.Select(part => part.Name)]) is { } rows
            ? rows.t()
            : parts.Count == 1 ? One(parts[0]) : cat([.. parts.Select(One)], 1);

        Tensor One((string Name, bool IsTransposed) part) => part.IsTransposed ? this[part.Name].t() : this[part.Name];
    }

    /// <summary>Vectors behind each other; without a copy where they are so in one array.</summary>
    public Tensor Behind(IReadOnlyList<string> names) => Together(names) ?? (names.Count == 1 ? this[names[0]] : cat([.. names.Select(name => this[name])], 0));

    private Tensor? Together(IReadOnlyList<string> names)
    {
        if (!names.All(_rows.ContainsKey))
        {
            return null;
        }

        var (whole, start, _) = _rows[names[0]];
        var end = start;
        foreach (var name in names)
        {
            var part = _rows[name];
            if (!ReferenceEquals(part.Whole, whole) || part.Start != end)
            {
                return null;
            }

            end += part.Length;
        }

        return start == 0 && end == whole.shape[0] ? whole : whole.narrow(0, start, end - start);
    }

    private long Rows(CellEquations equations, string weight) => equations.Weights.First(other => other.Name == weight).Shape.Axes[0].Evaluate(Letters);
}
