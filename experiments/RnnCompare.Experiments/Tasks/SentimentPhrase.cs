namespace RnnCompare.Experiments.Tasks;

/// <summary>A phrase and whether it is positive.</summary>
internal sealed record SentimentPhrase(IReadOnlyList<string> Words, bool IsPositive);
