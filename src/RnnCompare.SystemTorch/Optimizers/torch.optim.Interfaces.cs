namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>What a learning rate schedule moves.</summary>
        public interface ILearningRateController
        {
            /// <summary>The step size η of the steps that follow.</summary>
            double LearningRate { get; set; }

            /// <summary>The rate with which training began.</summary>
            double InitialLearningRate { get; set; }
        }

        /// <summary>What has a momentum.</summary>
        public interface IMomentum
        {
            /// <summary>μ, what remains of the step before; 0 for none.</summary>
            double Momentum { get; set; }
        }

        /// <summary>What has running means of gradients and of their squares.</summary>
        public interface IBetas
        {
            /// <summary>β₁ and β₂, what remains of the two means after a step.</summary>
            (double, double) Betas { get; set; }
        }
    }
}
