namespace RnnCompare.Checking.Diagnosis;

/// <summary>Where a mistake is made.</summary>
public enum FaultStage
{
    /// <summary>In the forward pass or the loss.</summary>
    Forward,

    /// <summary>In the backward pass or in what is done with its gradients.</summary>
    Backward,
}
