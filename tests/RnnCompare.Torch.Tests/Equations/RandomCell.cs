using FsCheck;
using FsCheck.Fluent;
using RnnCompare.Equations;
using RnnCompare.Equations.Expressions;
using RnnCompare.Equations.Language;

namespace RnnCompare.Torch.Tests.Equations;

/// <summary>A random well-shaped cell: a few equations over two states of unequal lengths. It is its text, so that a failing one can be read and repeated.</summary>
internal sealed record RandomCell(IReadOnlyList<(string Target, Expression Value)> Lines)
{
    private static readonly Dimension P = Dimension.Letter("P");

    private static readonly Function[] Smooth = [Function.Sigmoid, Function.Tanh, Function.Softplus];
    private static readonly Function[] Kinked = [Function.Relu, Function.LeakyRelu, Function.HardSigmoid, Function.HardTanh, Function.Abs, Function.Step];

    /// <summary>The text in the language of cells.</summary>
    public string Text => $"cell random\nsize P = H/2\nstate h, c (P)\n{string.Concat(Lines.Select(line => $"{line.Target} = {Written(line.Value)}\n"))}";

    /// <summary>Whether the derivative of a function in it jumps somewhere.</summary>
    public bool HasKinks => Lines.Any(line => line.Value.Parts().OfType<Apply>().Any(apply => Kinked.Contains(apply.Function)));

    /// <summary>The cell.</summary>
    public CellEquations Parse() => CellEquations.Parse(Text);

    /// <inheritdoc/>
    public override string ToString() => "\n" + Text;

    /// <summary>Random cells, and simpler ones for each of them.</summary>
    public static Arbitrary<RandomCell> Arbitrary { get; } = Arb.From(Generator, cell => cell.Simpler().Where(simpler => simpler.IsACell && simpler.Text.Length < cell.Text.Length));

    private static Gen<RandomCell> Generator => Gen.Choose(0, int.MaxValue).Select(seed => new Builder(new(seed)).Cell()).Where(cell => cell.IsACell);

    private bool IsACell
    {
        get
        {
            try
            {
                Parse();
                return true;
            }
            catch (EquationException)
            {
                return false;
            }
        }
    }

    // A line less, with its value in the place of its name; and every part replaced by one of its own parts.
    private IEnumerable<RandomCell> Simpler()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            var (target, value) = Lines[i];
            if (!target.EndsWith('\''))
            {
                var (kept, name) = (i, new Reference(target));
                yield return new([.. Lines.Where((_, j) => j != kept).Select(line => (line.Target, line.Value.Replace(part => part.Equals(name) ? value : null)))]);
            }

            foreach (var part in value.Parts())
            {
                foreach (var smaller in part.Operands.Concat(part is Reference ? [] : [new Reference("x"), new Reference("h", -1), new Reference("c", -1)]))
                {
                    var kept = i;
                    var changed = value.Replace(other => ReferenceEquals(other, part) ? smaller : null);
                    yield return new([.. Lines.Select((line, j) => j == kept ? (line.Target, changed) : line)]);
                }

                if (part is Sum { Terms.Count: > 1 } sum)
                {
                    foreach (var term in Enumerable.Range(0, sum.Terms.Count))
                    {
                        var kept = i;
                        var changed = value.Replace(other => ReferenceEquals(other, part) ? new Sum(sum.Terms.Without(term)) : null);
                        yield return new([.. Lines.Select((line, j) => j == kept ? (line.Target, changed) : line)]);
                    }
                }
            }
        }
    }

    // States of this step have a prime.
    private static string Written(Expression value)
    {
        return value.Replace(part => part is Reference { Shift: 0, Name: "h" or "c" } now ? new Reference(now.Name + "'") : null).ToString();
    }

    /// <summary>Draws trees whose shapes fit.</summary>
    private sealed class Builder(Random random)
    {
        private readonly List<(Reference Name, Dimension Length)> _vectors = [(new("x"), Dimension.I), (new("h", -1), Dimension.H), (new("c", -1), P)];
        private readonly List<(Dimension Rows, Dimension Columns)> _matrices = [];
        private int _weights;

        public RandomCell Cell()
        {
            var lines = new List<(string, Expression)>();
            var names = new[] { "a", "b", "d", "e" };
            for (var i = random.Next(4); i > 0; i--)
            {
                var (name, length) = (names[lines.Count], Length());
                lines.Add((name, Vector(length, 3)));
                _vectors.Add((new(name), length));
            }

            lines.Add(("c'", Bounded(P)));
            _vectors.Add((new("c"), P));
            lines.Add(("h'", Bounded(Dimension.H)));

            // What nothing reads would be refused.
            for (var i = 0; i < lines.Count - 2; i++)
            {
                var name = new Reference(names[i]);
                if (!lines.Skip(i + 1).Any(line => line.Item2.Parts().Contains(name)))
                {
                    lines[^1] = (lines[^1].Item1, new Sum([new(lines[^1].Item2), new(new FeatureSum(name, IsMean: true))]));
                }
            }

            return new(lines);
        }

        // A state that may grow from step to step says nothing of derivatives.
        private Expression Bounded(Dimension length) => random.Next(3) == 0 ? new Times([new Apply(Function.Sigmoid, Vector(length, 1)), new Apply(Function.Tanh, Vector(length, 3))]) : new Apply(Function.Tanh, Vector(length, 3));

        private Dimension Length() => random.Next(4) switch { 0 => Dimension.I, 1 => P, _ => Dimension.H };

        private Expression Vector(Dimension length, int depth)
        {
            if (depth == 0)
            {
                return Leaf(length);
            }

            return random.Next(14) switch
            {
                0 => Leaf(length),
                1 or 2 or 3 => Product(length, depth),
                4 => new Sum([new(Vector(length, depth - 1)), new(Vector(length, depth - 1), random.Next(2) == 0)]),
                5 => new Sum([new(Vector(length, depth - 1)), new(Leaf(length)), new(Number(depth), true)]),
                6 => new Times([Vector(length, depth - 1), Vector(length, depth - 1)]),
                7 => new Times([Number(depth), Vector(length, depth - 1)]),
                8 => new Quotient(Vector(length, depth - 1), Positive(length, depth)),
                9 => new Power(new Apply(Function.Tanh, Vector(length, depth - 1)), random.Next(2, 4)),
                10 => new Apply(Kinked[random.Next(Kinked.Length)], Vector(length, depth - 1)),
                11 => new Slice(new Join([Vector(Dimension.I, depth - 1), Vector(length, depth - 1)]), Dimension.I, length),
                12 => new Apply(random.Next(3) switch { 0 => Function.Exp, 1 => Function.Log, _ => Function.Sqrt }, Positive(length, depth)),
                _ => new Apply(Smooth[random.Next(Smooth.Length)], Vector(length, depth - 1)),
            };
        }

        private Sum Positive(Dimension length, int depth) => new Sum([new(new Number(1.5)), new(new Apply(Function.Tanh, Vector(length, depth - 1)))]);

        private Expression Number(int depth)
        {
            return random.Next(3) switch
            {
                0 => new Number(0.5),
                1 => new FeatureSum(Vector(Length(), depth - 1), IsMean: true),
                _ => new FeatureSum(new Apply(Function.Sigmoid, Vector(Length(), depth - 1)), IsMean: false),
            };
        }

        // As a row or as a column, with the weight as it is or transposed; a vector may be joined with another, or be a part of one.
        private MatrixProduct Product(Dimension length, int depth)
        {
            var (left, from) = random.Next(4) switch
            {
                0 => (new Join([new Reference("h", -1), new Reference("x")]), Dimension.H + Dimension.I),
                1 => (new Slice(new Join([new Reference("x"), Vector(Dimension.H, depth - 1)]), Dimension.I, Dimension.H), Dimension.H),
                _ => OfAnyLength(depth),
            };
            var (isRow, isTransposed) = (random.Next(2) == 0, random.Next(2) == 0);
            var shape = isRow == isTransposed ? (length, from) : (from, length);
            Expression weight = new Reference(Weight(shape));
            weight = isTransposed ? new Transpose(weight) : weight;
            return isRow ? new MatrixProduct(left, weight) : new MatrixProduct(weight, left);
        }

        private (Expression, Dimension) OfAnyLength(int depth)
        {
            var length = Length();
            return (Vector(length, depth - 1), length);
        }

        // Now and then a weight that stands somewhere else already.
        private string Weight((Dimension Rows, Dimension Columns) shape)
        {
            var same = _matrices.IndexOf(shape);
            if (same >= 0 && random.Next(3) == 0)
            {
                return $"W{same}";
            }

            _matrices.Add(shape);
            return $"W{_matrices.Count - 1}";
        }

        // A part of a state may overlap with another.
        private Expression Leaf(Dimension length)
        {
            if (length.Equals(P) && random.Next(4) == 0)
            {
                return new Slice(new Reference("h", -1), random.Next(3) switch { 0 => Dimension.Zero, 1 => Dimension.Number(1), _ => Dimension.H - P }, P);
            }

            var fitting = _vectors.Where(vector => vector.Length.Equals(length)).ToList();
            return random.Next(4) == 0 ? new Reference($"w{_weights++}") : fitting[random.Next(fitting.Count)].Name;
        }
    }
}
