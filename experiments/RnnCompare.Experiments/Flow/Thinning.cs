namespace RnnCompare.Experiments.Flow;

/// <summary>Some of many steps.</summary>
internal static class Thinning
{
    /// <summary>At most <paramref name="most"/> of the numbers from 0 to <paramref name="count"/> − 1, evenly spread, the first and the last among them.</summary>
    public static IEnumerable<int> Evenly(int count, int most)
    {
        return count <= most ? Enumerable.Range(0, count) : Enumerable.Range(0, most).Select(i => (int)Math.Round((double)i * (count - 1) / (most - 1)));
    }

    /// <summary>1, 2, 5, 10, 20, 50, … up to a last number, and that.</summary>
    public static IEnumerable<int> OneTwoFive(int last)
    {
        for (long decade = 1; decade < last; decade *= 10)
        {
            foreach (var number in new[] { decade, 2 * decade, 5 * decade })
            {
                if (number < last)
                {
                    yield return (int)number;
                }
            }
        }

        yield return last;
    }
}
