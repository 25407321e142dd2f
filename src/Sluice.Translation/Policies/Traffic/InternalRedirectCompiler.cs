using Sluice.Configuration;
using Spec = Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>internalRedirect of a TrafficPolicy.</summary>
internal static class InternalRedirectCompiler
{
    /// <summary>Null when no status is left: redirects are passed on then.</summary>
    public static InternalRedirectPolicy? Compile(Spec.InternalRedirectPolicy spec, IPolicySurroundings surroundings, string field)
    {
        var statuses = new List<int>();
        for (var i = 0; i < spec.RedirectResponseCodes.Count; i++)
        {
            if (spec.RedirectResponseCodes[i] is 301 or 302 or 303 or 307 or 308)
                statuses.Add(spec.RedirectResponseCodes[i]);
            else
                surroundings.Problem($"{field}.redirectResponseCodes[{i}]", $"{spec.RedirectResponseCodes[i]} must be one of 301, 302, 303, 307 and 308");
        }
        if (spec.RedirectResponseCodes.Count == 0)
            statuses.Add(302);
        if (statuses.Count == 0)
            return null;
        if (spec.MaxRedirects is < 1 or > InternalRedirectPolicy.MaxLimit)
            surroundings.Problem($"{field}.maxRedirects", $"{spec.MaxRedirects} must be from 1 to {InternalRedirectPolicy.MaxLimit}; the nearest is in force");
        for (var i = 0; i < spec.ResponseHeadersToCopy.Count; i++)
        {
            if (ReservedFields.Contains(spec.ResponseHeadersToCopy[i]))
                surroundings.Problem($"{field}.responseHeadersToCopy[{i}]", $"\"{spec.ResponseHeadersToCopy[i]}\" is written by the proxy itself and is not copied");
        }
        return new InternalRedirectPolicy
        {
            StatusCodes = statuses,
            AllowCrossSchemeRedirect = spec.AllowCrossSchemeRedirect,
            MaxRedirects = Math.Clamp(spec.MaxRedirects, 1, InternalRedirectPolicy.MaxLimit),
            ResponseHeadersToCopy = [.. spec.ResponseHeadersToCopy.Where(name => !ReservedFields.Contains(name))],
        };
    }
}
