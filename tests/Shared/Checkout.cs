namespace RnnCompare.Tests.Shared;

/// <summary>Where the sources are that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RnnCompare.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the checkout.");
        }

        return folder.FullName;
    }
}
