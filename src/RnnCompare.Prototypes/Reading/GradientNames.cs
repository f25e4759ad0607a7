using RnnCompare.Numerics;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>The gradients among the arrays of a prototype, by the names that people give them.</summary>
/// <remarks>
/// <c>dX</c>, <c>d_X</c>, <c>gradX</c>, <c>grad.X</c>, <c>X_grad</c>, <c>X.diff</c>, <c>gX</c>, <c>dL_dX</c>, <c>nabla_X</c>, … each
/// beside the array X that it belongs to. Weights after a step of plain gradient descent, <c>X_new</c>, are gradients too where the
/// learning rate is there: (X − X_new) / rate.
/// </remarks>
internal sealed class GradientNames
{
    private static readonly string[] Prefixes = ["dL_d", "dLd", "dJ_d", "dJd", "dE_d", "dL_", "gradient_", "gradients_", "gradients.", "grads_", "grads.", "grad_", "grad.", "grad", "nabla_", "delta_", "∂", "d_", "D_", "g_", "d", "D", "g"];
    private static readonly string[] Infixes = [".grad.", ".grads.", ".diff.", ".d.", "/grad/"];
    private static readonly string[] Suffixes = [".gradient", "_gradient", ".grad", "_grad", "Grad", ".diff", "_diff", "_delta", ".d", "_d", ".g", "_g", "_"];
    private static readonly string[] Updates = ["_new", "_updated", "_after", ".new", "_next"];

    // A name that says "gradient" by itself, whatever stands beside it.
    private static readonly string[] Plain = ["grad", "dL", "dJ", "nabla", "delta", "diff", "∂"];

    private readonly Dictionary<string, string> _own = [];

    private GradientNames(NamedArrays arrays) => Arrays = arrays;

    /// <summary>The prototype's arrays, each gradient under <c>d</c> and the name of what it belongs to.</summary>
    public NamedArrays Arrays { get; }

    /// <summary>The largest error that a gradient has because it was taken from an update, relative to its norm, by name; others have none.</summary>
    public Dictionary<string, double> Cancellation { get; } = [];

    /// <summary>Finds the gradients.</summary>
    /// <param name="arrays">The prototype's arrays.</param>
    /// <param name="learningRate">The step of plain gradient descent, where it is known.</param>
    /// <param name="own">The prototype's names of arrays that have another here; null for none.</param>
    public static GradientNames Of(NamedArrays arrays, double? learningRate, IReadOnlyDictionary<string, string>? own = null)
    {
        var result = new GradientNames(new(arrays.Source));
        foreach (var (name, shown) in own ?? new Dictionary<string, string>())
        {
            result._own[name] = shown;
        }

        HashSet<string> taken = [];
        foreach (var (name, array) in arrays)
        {
            if (array.ElementType == ElementType.Text || array.Shape.Length == 0 || BaseOf(arrays, name) is not { } origin || !taken.Add(origin))
            {
                result.Add(arrays, name, array, learningRate, taken);
                continue;
            }

            var gradient = "d" + origin;
            result._own[gradient] = own?.GetValueOrDefault(name) ?? name;
            result.Arrays.Add(gradient, array);
        }

        return result;
    }

    /// <summary>The name that the prototype itself gives an array.</summary>
    public string Own(string name) => _own.GetValueOrDefault(name, name);

    /// <summary>Whether an array that was not read says by its name, or by what stands beside it, that it is a gradient.</summary>
    public static bool LooksLikeOne(NamedArrays arrays, string name)
    {
        var array = arrays[name];
        return array.ElementType != ElementType.Text && array.Shape.Length > 0
            && (BaseOf(arrays, name) is not null
                || Plain.Any(word => name.StartsWith(word, StringComparison.Ordinal) || name.EndsWith(word, StringComparison.Ordinal))
                || DataNames.IsUpstream(name)
                || (name is ['d' or 'D', ..] && OutputLayer.Knows(NameParts.Parse([name[1..]])[0].Core))
                || (name is ['d' or 'D', ..] && arrays.Any(other => other.Key != name && other.Value.Shape.SequenceEqual(array.Shape) && IsNear(name[1..], other.Key))));
    }

    /// <summary>What an array is the gradient of, by its name: an array that is there; null for no gradient.</summary>
    private static string? BaseOf(NamedArrays arrays, string name)
    {
        foreach (var stem in Stems(name))
        {
            if (arrays.TryGet(stem, out var same) && same.ElementType != ElementType.Text && same.Shape.Length > 0)
            {
                return stem;
            }
        }

        // Written otherwise: w_xh and dWxh.
        foreach (var stem in Stems(name))
        {
            string[] alike = [.. arrays.Names.Where(other => other != name && Loose(other) == Loose(stem) && SameSize(arrays[other], arrays[name]))];
            if (alike.Length == 1)
            {
                return alike[0];
            }
        }

        return null;
    }

    private static IEnumerable<string> Stems(string name)
    {
        foreach (var infix in Infixes)
        {
            if (name.Contains(infix, StringComparison.Ordinal))
            {
                yield return name.Replace(infix, infix[..1], StringComparison.Ordinal);
            }
        }

        foreach (var suffix in Suffixes.Where(suffix => name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal)))
        {
            yield return name[..^suffix.Length];
        }

        foreach (var prefix in Prefixes.Where(prefix => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield return name[prefix.Length..];
        }
    }

    private static string Loose(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static bool SameSize(StoredArray a, StoredArray b) => a.Shape.Length > 0 && b.Shape.Length > 0 && Count(a) == Count(b);

    private static long Count(StoredArray array) => array.Shape.ToArray().Aggregate(1L, (product, length) => product * length);

    private static bool IsNear(string stem, string name)
    {
        var (a, b) = (Loose(stem), Loose(name));
        return Math.Abs(a.Length - b.Length) <= 1 && a.Length > 1 && a.Take(b.Length).Zip(b).Count(pair => pair.First != pair.Second) <= 1;
    }

    private void Add(NamedArrays arrays, string name, StoredArray array, double? learningRate, HashSet<string> taken)
    {
        foreach (var update in Updates)
        {
            if (learningRate is { } rate && name.EndsWith(update, StringComparison.Ordinal) && name[..^update.Length] is var origin
                && arrays.TryGet(origin, out var before) && before.Shape.SequenceEqual(array.Shape) && taken.Add(origin))
            {
                AddUpdate("d" + origin, name, arrays.Get<double>(origin), arrays.Get<double>(name), rate);
                return;
            }
        }

        Arrays.Add(name, array);
    }

    private void AddUpdate(string gradient, string name, NdArray<double> before, NdArray<double> after, double rate)
    {
        var values = new NdArray<double>([.. before.Shape]);
        var (error, size) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            values.Data[i] = (before.Data[i] - after.Data[i]) / rate;
            error += Math.Pow(Math.ScaleB(Math.Max(Math.Abs(before.Data[i]), Math.Abs(after.Data[i])), -53) / rate, 2);
            size += values.Data[i] * values.Data[i];
        }

        _own[gradient] = name;
        Cancellation[gradient] = size > 0 ? Math.Sqrt(error / size) : 0;
        Arrays.Add(gradient, StoredArray.Of(values));
    }
}
