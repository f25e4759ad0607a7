using System.Globalization;
using RnnCompare.Prototypes.Files;

namespace RnnCompare.Prototypes.Reading;

/// <summary>Runs the readings that names and shapes allow, and takes the one that gives what the prototype saved.</summary>
internal sealed class ReadingChoice
{
    private const int MostTrials = 3000;
    private const int MostCandidates = 400;
    private const int MostOthers = 8;

    private readonly NamedArrays _arrays;
    private readonly PrototypeOptions _options;
    private readonly IReadOnlyList<Trial> _trials;

    private ReadingChoice(NamedArrays arrays, PrototypeOptions options, IReadOnlyList<Trial> trials)
    {
        (_arrays, _options, _trials) = (arrays, options, trials);
    }

    /// <summary>The reading, and what was considered beside it; null where names and shapes allow none.</summary>
    /// <exception cref="InvalidDataException">Several readings are left that nothing tells apart; the message asks the question.</exception>
    public static (Candidate Best, ReadingReport Report)? Find(NamedArrays arrays, PrototypeOptions options)
    {
        return Find(arrays, new NetworkReadings(arrays, WeightNames(arrays), options).Find(), options);
    }

    /// <inheritdoc cref="Find(NamedArrays, PrototypeOptions)"/>
    /// <param name="arrays">The prototype.</param>
    /// <param name="networks">The readings of its weights.</param>
    /// <param name="options">What was said.</param>
    public static (Candidate Best, ReadingReport Report)? Find(NamedArrays arrays, IEnumerable<NetworkReading> networks, PrototypeOptions options)
    {
        Trial[] trials = [.. networks.SelectMany(network => SequenceReading.Of(arrays, network, options), (network, sequence) => new Trial(arrays, network, sequence)).Take(MostTrials)];
        return trials.Length == 0 ? null : new ReadingChoice(arrays, options, trials).Choose();
    }

    /// <summary>The arrays that can be weights.</summary>
    public static IReadOnlyList<string> WeightNames(NamedArrays arrays)
    {
        return [.. arrays
            .Where(entry => entry.Value.IsReal && entry.Value.Shape.Length is >= 1 and <= 3 && !entry.Value.Shape.Contains(0))
            .Where(entry => DataNames.Of(entry.Key, entry.Value).Count == 0 && !DataNames.IsUpstream(entry.Key))
            .Where(entry => !GradientNames.LooksLikeOne(arrays, entry.Key))
            .Select(entry => entry.Key)];
    }

    private (Candidate, ReadingReport)? Choose()
    {
        var nearest = _trials.Min(trial => trial.Distance);
        Trial[] ties = [.. _trials.Where(trial => trial.Distance <= Math.Max(30 * nearest, 1e-11))];
        List<Candidate> candidates = [.. ties.SelectMany(trial => Candidate.Of(_arrays, trial, _options)).Take(MostCandidates)];
        if (candidates.Count == 0)
        {
            return null;
        }

        var loss = candidates.Min(candidate => candidate.LossDistance);
        Candidate[] fitting = loss <= Trial.Met ? [.. candidates.Where(candidate => candidate.LossDistance <= Math.Max(30 * loss.Value, 1e-11))] : [.. candidates.OrderBy(candidate => candidate.LossDistance)];
        var wrong = fitting.Min(candidate => candidate.Wrong);
        Candidate[] best = [.. fitting.Where(candidate => candidate.Wrong == wrong)];
        var chosen = best[0];
        if (wrong > 0 && Questions(best).FirstOrDefault() is { } key)
        {
            string[] words = [.. best.Select(candidate => candidate.Choices.GetValueOrDefault(key)).OfType<string>().Distinct()];
            var shown = words.Length > 6 ? $"{string.Join(", ", words[..6])}, …" : string.Join(" or ", words);
            throw ArrayName.Refuse(_arrays.Source, $"leaves open {PrototypeOptions.Question(key)} ({shown}), and nothing in it tells; say which with --{key.Replace('_', '-')}.");
        }

        return (chosen, new(ReadingText.Describe(chosen, _arrays), ReadingText.Evidence(chosen), [.. Others(chosen, candidates).Take(MostOthers)]));
    }

    private IEnumerable<RejectedReading> Others(Candidate chosen, List<Candidate> candidates)
    {
        var near = candidates.Where(candidate => candidate != chosen)
            .OrderBy(candidate => candidate.LossDistance ?? 0).ThenBy(candidate => candidate.Wrong)
            .Select(candidate => new RejectedReading(Differences(candidate.Choices, chosen.Choices), candidate.Trial.Distance, candidate.LossDistance, candidate.Wrong));
        var far = _trials.OrderBy(trial => trial.Distance)
            .Select(trial => new RejectedReading(Differences(trial.Network.Choices.Append(new("axes", trial.Sequence.Order)), chosen.Choices.Append(new("axes", chosen.Trial.Sequence.Order))), trial.Distance, null, null));
        return near.Concat(far).Where(other => other.Differs.Length > 0).DistinctBy(other => other.Differs);
    }

    // The keys in which equally good readings differ. Without a word or a number that says relu, an activation is tanh.
    private static IEnumerable<string> Questions(Candidate[] best)
    {
        return PrototypeOptions.Keys.Select(key => key.Key)
            .Where(key => key != "activation" && best.Any(candidate => candidate.Choices.GetValueOrDefault(key) != best[0].Choices.GetValueOrDefault(key)));
    }

    private static string Differences(IEnumerable<KeyValuePair<string, string>> other, IEnumerable<KeyValuePair<string, string>> chosen)
    {
        var own = chosen.ToDictionary();
        return string.Join(", ", other.Where(choice => own.GetValueOrDefault(choice.Key) != choice.Value).Select(choice => string.Create(CultureInfo.InvariantCulture, $"{choice.Key} {choice.Value}")));
    }
}
