using System.Globalization;

namespace Sluice.Proxy.Explain;

/// <summary>Sums up what the winner does.</summary>
internal static class ActionOutcome
{
    public static Explanation Apply(Explanation explanation, EntryCandidate winner, ActionExplanation action)
    {
        string rule = $"{winner.Route} rule {winner.Rule}";
        if (action.Kind != "Forward")
        {
            return explanation with
            {
                Outcome = ExplainOutcome.Answered,
                StatusCode = action.StatusCode,
                Summary = $"{action.StatusCode}: {rule} answers" + (action.Kind == "Preflight" ? " the CORS preflight itself" : "") + (action.Location is null ? "" : $" with a redirect to {action.Location}"),
            };
        }
        BackendExplanation[] used = [.. action.Backends.Where(backend => backend.Share > 0)];
        if (used.Length == 0)
        {
            return explanation with
            {
                Outcome = ExplainOutcome.NoBackend,
                StatusCode = 500,
                Summary = $"500: {rule} has {(action.Backends.Count == 0 ? "no backendRefs" : "only backendRefs of weight 0")}",
            };
        }
        if (Array.TrueForAll(used, backend => backend.Problem is not null))
        {
            int[] codes = [.. used.Select(backend => backend.Cluster is null || backend.Endpoints.Count != 0 ? 500 : 503).Distinct()];
            return explanation with
            {
                Outcome = ExplainOutcome.NoBackend,
                StatusCode = codes.Length == 1 ? codes[0] : null,
                Summary = $"{string.Join(" or ", codes)}: {rule} has no usable backend",
            };
        }
        if (Array.TrueForAll(used, backend => backend.Answer is not null))
        {
            int?[] codes = [.. used.Select(backend => backend.Answer!.StatusCode).Distinct()];
            return explanation with
            {
                Outcome = ExplainOutcome.Answered,
                StatusCode = codes.Length == 1 ? codes[0] : null,
                Summary = $"{string.Join(" or ", codes)}: filters of the backendRefs of {rule} answer",
            };
        }
        return explanation with
        {
            Outcome = ExplainOutcome.Forwarded,
            StatusCode = null,
            Summary = $"{rule} forwards to {string.Join(", ", used.Select(Show))}",
        };
    }

    private static string Show(BackendExplanation backend)
    {
        string name = backend.Answer is { } answer ? $"a {answer.StatusCode} of its own" : backend.Cluster ?? "an unresolved backendRef";
        return backend.Share == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({backend.Share * 100:0.#} %)");
    }
}
