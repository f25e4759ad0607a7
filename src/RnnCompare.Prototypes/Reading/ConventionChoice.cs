using RnnCompare.Models;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Which convention the arrays of a prototype follow: the one that was said, or the only one that fits.</summary>
internal static class ConventionChoice
{
    /// <summary>Finds the network; its loss and outputs are not known yet.</summary>
    /// <exception cref="InvalidDataException">No convention fits, or several that read the weights differently do; the message lists them.</exception>
    public static NetworkFit Find(NamedArrays arrays, PrototypeOptions options)
    {
        NetworkFit[] named =
        [
            .. ConventionTable.All.Where(convention => options.Convention is null || convention == options.Convention)
                .Select(convention => WeightNames.Find(convention, arrays))
                .OfType<WeightNames>()
                .Select(names => NetworkFit.Of(names, arrays, options)),
        ];
        if (named.Length == 0)
        {
            throw ArrayName.Refuse(arrays.Source, options.Convention is null
                ? NearMiss.Describe(arrays) is { } near
                    ? $"no recurrent network was found: {near}. Save it too, or say which network it is with --convention."
                    : $"no recurrent network was found among {arrays.NamesText}; it takes matrices such as Wxh and Whh, Wx and Wh, U and W, or Wf, Wi, Wc, Wo over [h, x]. Name yours so, or say --convention."
                : $"has no recurrent weights, which are named {RecurrentNames(options)}; found {arrays.NamesText}.");
        }

        NetworkFit[] complete = [.. named.Where(fit => fit.Names.Missing is null)];
        NetworkFit[] fitting = [.. complete.Where(fit => fit.Problem is null)];
        if (fitting.Length == 0)
        {
            throw ArrayName.Refuse(arrays.Source, $"{string.Join("; ", (complete.Length > 0 ? complete : named).Select(fit => fit.Problem))}.");
        }

        // Where the matrices leave it open, the biases may tell: columns go with W·x, rows with x·W.
        NetworkFit[] own = [.. fitting.Where(fit => fit.BiasesAreItsOwn)];
        NetworkFit[] different = [.. (own.Length > 0 ? own : fitting).DistinctBy(fit => Reading(fit.Names))];
        return different.Length == 1
            ? different[0]
            : throw ArrayName.Refuse(arrays.Source, $"{Weights(arrays, different[0].Names)} fit {string.Join(" and ", different.Select(fit => fit.Names.Convention))}; say which with --convention.");
    }

    private static string RecurrentNames(PrototypeOptions options)
    {
        return string.Join(", or ", ConventionTable.All.Where(convention => options.Convention is null || convention == options.Convention)
            .GroupBy(convention => convention.Layers.Format(convention.Tensors.First(layout => layout.Tensor == TensorNames.Whh).Names[0], layer: 0, reverse: false))
            .Select(group => $"{group.Key} ({string.Join(", ", group)})"));
    }

    // Conventions that name the same arrays and turn none of them read the same weights.
    private static string Reading(WeightNames names)
    {
        return string.Join(' ', names.Convention.Tensors.Where(layout => layout.IsRequired).Select(layout => $"{layout.Axes}:{names.Arrays[layout.Tensor]}"));
    }

    private static string Weights(NamedArrays arrays, WeightNames names)
    {
        return string.Join(", ", names.Convention.Tensors.Where(layout => layout.IsRequired)
            .Select(layout => $"{names.Arrays[layout.Tensor]} {arrays[names.Arrays[layout.Tensor]].ShapeText}"));
    }
}
