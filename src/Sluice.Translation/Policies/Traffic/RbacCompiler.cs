using System.Globalization;
using Sluice.Configuration.Policies;
using Sluice.Expressions;
using Sluice.Expressions.Cel;
using RbacSpec = Sluice.Resources.Policies.Traffic.RbacPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// Compiles TrafficPolicy.spec.rbac. Expressions are checked here, so that the policy's status has the place of the error; one that is
/// wrong stays in the result, and the data plane refuses every request because of it.
/// </summary>
internal static class RbacCompiler
{
    /// <param name="spec">What the policy says.</param>
    /// <param name="surroundings">Gets the problems.</param>
    /// <param name="field">From spec on: "rbac".</param>
    public static RbacPolicy Compile(RbacSpec spec, IPolicySurroundings surroundings, string field)
    {
        IReadOnlyList<string> expressions = spec.Policy.MatchExpressions;
        string list = $"{field}.policy.matchExpressions";
        if (expressions.Count is 0 or > RbacPolicy.MaxExpressions)
        {
            surroundings.Problem(list, $"there are {expressions.Count} expressions; 1 to {RbacPolicy.MaxExpressions} are needed");
            return new RbacPolicy();
        }
        for (int i = 0; i < expressions.Count; i++)
        {
            CelProgram.TryCompile(expressions[i], EnvoyEnvironment.Instance, CelType.Bool, out ExpressionError? error);
            if (error is not null)
                surroundings.Problem(string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]"), error.ToString());
        }
        if (Action(spec.Action) is { } action)
            return new RbacPolicy { Action = action, Expressions = expressions };
        surroundings.Problem($"{field}.action", $"\"{spec.Action}\" is neither Allow nor Deny");
        return new RbacPolicy();
    }

    private static RbacAction? Action(string text) => text switch
    {
        "Allow" => RbacAction.Allow,
        "Deny" => RbacAction.Deny,
        _ => null,
    };
}
