using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Parameters and submodules under names, in the order of their registration.</summary>
        /// <remarks>The module disposes of what is registered with it. Names are unique over parameters and submodules together.</remarks>
        public partial class Module : IDisposable
        {
            private readonly List<(string name, Parameter parameter)> ownParameters = [];
            private readonly List<(string name, Module module)> submodules = [];
            private bool isTraining = true;

            /// <summary>Creates a module without parameters, in training mode.</summary>
            /// <param name="name">What messages call it.</param>
            protected Module(string name) => this.name = name;

            /// <summary>What messages call the module; null means its type's name.</summary>
            protected string? name;

            /// <summary>Whether the module trains, which dropout depends on; true at first.</summary>
            public virtual bool training => isTraining;

            /// <summary>What messages call the module.</summary>
            public virtual string GetName() => name ?? GetType().Name;

            /// <summary>Hands a parameter over to this module.</summary>
            /// <param name="name">Its name here, not yet taken.</param>
            /// <param name="param">The parameter; its dispose scope still owns it until it is detached.</param>
            /// <exception cref="ArgumentNullException"><paramref name="param"/> is null.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (HasComponent(name)) throw new InvalidOperationException($"{GetName()} already has a component named {name}.");
                ownParameters.Add((name, param));
            }

            /// <summary>Hands a submodule over to this module, once the submodule's own fields are registered.</summary>
            /// <param name="name">Its name here, not yet taken; it stands with a dot before the names of its parameters.</param>
            /// <param name="submodule">The module.</param>
            /// <exception cref="ArgumentNullException"><paramref name="submodule"/> is null.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (HasComponent(name)) throw new InvalidOperationException($"{GetName()} already has a component named {name}.");
                submodule.RegisterComponents();
                submodules.Add((name, submodule));
            }

            /// <summary>Registers the parameters and modules that stand in the fields of the module, under the fields' names.</summary>
            protected virtual void RegisterComponents()
            {
                const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
                for (Type? type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(Own))
                    {
                        object? value = field.GetValue(this);
                        if (HasComponent(field.Name) || ownParameters.Any(own => ReferenceEquals(own.parameter, value))) continue;
                        if (value is Parameter parameter) register_parameter(field.Name, parameter);
                        else if (value is Module module) register_module(field.Name, module);
                    }
                }
            }

            /// <summary>The module's own parameters, then those of each submodule as <c>submodule.name</c>; the instances themselves, no references.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                IEnumerable<(string, Parameter)> inherited = recurse
                    ? submodules.SelectMany(sub => sub.module.named_parameters().Select(own => ($"{sub.name}.{own.name}", own.parameter)))
                    : [];
                return ownParameters.Concat(inherited);
            }

            /// <summary>The parameters in the order of <see cref="named_parameters"/>.</summary>
            /// <param name="recurse">Whether submodules count.</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(own => own.parameter);

            /// <summary>The submodules of this module, without theirs.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => submodules;

            /// <summary>Sets <see cref="training"/> here and in all submodules.</summary>
            public virtual void train(bool train = true)
            {
                isTraining = train;
                foreach ((_, Module module) in submodules) module.train(train);
            }

            /// <summary>Ends training mode here and in all submodules.</summary>
            public virtual void eval() => train(false);

            /// <summary>Takes the gradients of all parameters away, or fills them with zeros.</summary>
            /// <param name="set_to_none">Whether <see cref="Tensor.grad"/> becomes null; otherwise it keeps its memory, filled with zeros.</param>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    if (set_to_none) parameter.grad = null;
                    else gradient?.fill_(0);
                }
            }

            /// <summary>Disposes of all parameters and submodules.</summary>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes of all parameters and submodules.</summary>
            /// <param name="disposing">False does nothing: native tensors have finalizers of their own.</param>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach ((_, Parameter parameter) in ownParameters) parameter.Dispose();
                foreach ((_, Module module) in submodules) module.Dispose();
            }

            /// <summary>Registers a parameter, without a scope, in place of what had the name; null takes the name away.</summary>
            private protected void SetParameter(string name, Parameter? value)
            {
                int index = ownParameters.FindIndex(own => own.name == name);
                if (index < 0)
                {
                    if (value is null) return;
                    index = ownParameters.Count;
                }
                else if (ReferenceEquals(ownParameters[index].parameter, value)) return;
                else
                {
                    ownParameters[index].parameter.Dispose();
                    ownParameters.RemoveAt(index);
                }

                value?.DetachFromDisposeScope();
                if (value is not null) ownParameters.Insert(index, (name, value));
            }

            private bool HasComponent(string name) =>
                ownParameters.Any(own => own.name == name) || submodules.Any(sub => sub.name == name);
        }

        /// <summary>A module that computes one value from one input.</summary>
        /// <typeparam name="T">The input.</typeparam>
        /// <typeparam name="TResult">The value.</typeparam>
        public abstract class Module<T, TResult> : Module
        {
            /// <inheritdoc cref="Module.Module(string)"/>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T input);

            /// <summary>What <see cref="forward"/> computes; there are no hooks around it.</summary>
            public TResult call(T input) => forward(input);
        }

        /// <summary>A module that computes one value from two inputs.</summary>
        /// <typeparam name="T1">The first input.</typeparam>
        /// <typeparam name="T2">The second input.</typeparam>
        /// <typeparam name="TResult">The value.</typeparam>
        public abstract class Module<T1, T2, TResult> : Module
        {
            /// <inheritdoc cref="Module.Module(string)"/>
            protected Module(string name) : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>What <see cref="forward"/> computes; there are no hooks around it.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
