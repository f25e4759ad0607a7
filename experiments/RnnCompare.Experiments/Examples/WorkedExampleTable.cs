namespace RnnCompare.Experiments.Examples;

/// <summary>The worked examples that there are. A new one is a file beside this one and a row here.</summary>
public static class WorkedExampleTable
{
    /// <summary>Every example, in the order of help texts.</summary>
    public static IReadOnlyList<IWorkedExample> All { get; } = [new TimeLastExample(), new IdentityExample(), new NumberedExample()];

    /// <summary>The example of a task's name; null where that is something to train.</summary>
    public static IWorkedExample? Find(string task) => All.FirstOrDefault(example => example.Name == task);
}
