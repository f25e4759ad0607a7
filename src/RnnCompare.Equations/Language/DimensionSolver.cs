using System.Globalization;
using RnnCompare.Equations.Expressions;

namespace RnnCompare.Equations.Language;

/// <summary>Finds unknown lengths from the equalities that the equations of a cell demand.</summary>
internal sealed class DimensionSolver
{
    private const char Unknown = '?';

    private readonly Dictionary<string, Dimension> _known = [];
    private readonly List<(Dimension Difference, Func<Dimension, Dimension, EquationException> Problem, Dimension A, Dimension B)> _open = [];
    private int _count;

    /// <summary>A length to be found.</summary>
    public Dimension Fresh() => Dimension.Letter(string.Create(CultureInfo.InvariantCulture, $"{Unknown}{_count++}"));

    public static bool IsUnknown(Dimension dimension) => dimension.Letters.Any(IsUnknown);

    public static bool IsUnknown(string letter) => letter[0] == Unknown;

    /// <summary>The length as far as it is known.</summary>
    public Dimension Resolve(Dimension dimension)
    {
        while (dimension.Letters.FirstOrDefault(_known.ContainsKey) is { } letter)
        {
            dimension = dimension.Replace(letter, _known[letter]);
        }

        return dimension;
    }

    public Shape Resolve(Shape shape) => shape with { Axes = [.. shape.Axes.Select(Resolve)] };

    /// <summary>Demands that two lengths are equal.</summary>
    /// <param name="a">The one.</param>
    /// <param name="b">The other.</param>
    /// <param name="problem">What to say where they cannot be.</param>
    public void Equate(Dimension a, Dimension b, Func<Dimension, Dimension, EquationException> problem)
    {
        if (!TrySolve(a - b, a, b, problem))
        {
            _open.Add((a - b, problem, a, b));
            return;
        }

        // What was learned may settle what was open.
        for (var i = 0; i < _open.Count; i++)
        {
            var (difference, openProblem, left, right) = _open[i];
            if (TrySolve(difference, left, right, openProblem))
            {
                _open.RemoveAt(i);
                i = -1;
            }
        }
    }

    private bool TrySolve(Dimension difference, Dimension a, Dimension b, Func<Dimension, Dimension, EquationException> problem)
    {
        difference = Resolve(difference);
        if (difference.Equals(Dimension.Zero))
        {
            return true;
        }

        // A length that is equal to a sum follows from the parts, and not one of the parts from it: what is joined may still be of any length.
        foreach (var letter in difference.Letters.Where(IsUnknown).OrderBy(letter => IsAlone(letter, b) ? 0 : IsAlone(letter, a) ? 1 : 2))
        {
            var factor = difference.FactorOf(letter);
            var rest = difference.Replace(letter, Dimension.Zero);
            if (IsUnknown(rest) && Math.Abs(factor) != 1)
            {
                continue;
            }

            _known[letter] = (Math.Sign(factor) * -1 * rest).DividedBy(Math.Abs(factor)) ?? throw problem(Resolve(a), Resolve(b));
            return true;
        }

        return IsUnknown(difference) ? false : throw problem(Resolve(a), Resolve(b));
    }

    private bool IsAlone(string letter, Dimension dimension) => Resolve(dimension).Equals(Dimension.Letter(letter));
}
