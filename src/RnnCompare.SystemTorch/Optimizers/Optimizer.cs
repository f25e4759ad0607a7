using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>The walk over groups and parameters that all optimizers share; a subclass gives the update of one parameter.</summary>
        /// <remarks>Values of options are not checked for their range. The state of a parameter, in its shape and type, appears at its first step.</remarks>
        public abstract class Optimizer : IDisposable
        {
            private readonly List<ParamGroup> groups = [];
            private readonly Dictionary<Parameter, ParameterState> states = new(ReferenceEqualityComparer.Instance);

            private protected Optimizer()
            {
            }

            /// <summary>The groups in the order in which they were added; setting a rate works from the next step on.</summary>
            public virtual IEnumerable<ILearningRateController> ParamGroups => groups;

            /// <summary>The parameters of all groups, group after group.</summary>
            public virtual IEnumerable<Parameter> parameters() => groups.SelectMany(group => group.Parameters);

            /// <summary>Adds a group, fills in the options that it leaves open, and notes its rate as the initial one.</summary>
            /// <exception cref="ArgumentNullException"><paramref name="param_group"/> is null.</exception>
            /// <exception cref="ArgumentException">A parameter is already in a group.</exception>
            /// <exception cref="InvalidCastException">The group is one of another optimizer.</exception>
            public virtual void add_param_group(ParamGroup param_group)
            {
                ArgumentNullException.ThrowIfNull(param_group);
                param_group.Parameters = [.. param_group.Parameters];
                CompleteOptions(param_group.Options);
                param_group.Options.InitialLearningRate = param_group.LearningRate;
                foreach (Parameter parameter in param_group.Parameters) states.Add(parameter, new ParameterState(parameter));
                groups.Add(param_group);
            }

            /// <summary>Fills gradients with zeros; a parameter without one stays without.</summary>
            public virtual void zero_grad()
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    gradient?.fill_(0);
                }
            }

            /// <summary>Updates every parameter that has a gradient, in place and unrecorded. Gradients stay as they are.</summary>
            /// <param name="closure">Computes loss and gradients before the update, recorded; null where they are there already.</param>
            /// <returns>What the closure returned, null without one.</returns>
            public virtual Tensor step(Func<Tensor> closure = null!)
            {
                Tensor? loss = null;
                if (closure is not null)
                {
                    using IDisposable recorded = enable_grad();
                    loss = closure();
                }

                using IDisposable unrecorded = no_grad();
                using DisposeScope scope = NewDisposeScope();
                foreach (ParamGroup group in groups)
                {
                    foreach (Parameter parameter in group.Parameters)
                    {
                        if (parameter.grad is not { } gradient) continue;
                        ParameterState state = states[parameter];
                        state.Step++;
                        Update(parameter, gradient, state, group.Options);
                    }
                }

                return loss!;
            }

            /// <summary>Disposes of the state; parameters and gradients are left alone.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes of the state; parameters and gradients are left alone.</summary>
            /// <param name="disposing">False does nothing: native tensors have finalizers of their own.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (ParameterState state in states.Values) state.Dispose();
            }

            /// <summary>Gives the options that a group leaves open the optimizer's own values.</summary>
            private protected abstract void CompleteOptions(OptimizerOptions options);

            /// <summary>Changes one parameter in place, with recording off and inside a scope of its own.</summary>
            private protected abstract void Update(
                Parameter parameter, Tensor gradient, ParameterState state, OptimizerOptions options);
        }
    }
}
