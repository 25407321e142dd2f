using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Routing;

/// <summary>An <see cref="InternalRedirectPolicy"/>, ready to be asked.</summary>
internal sealed class RuntimeInternalRedirect
{
    private const int FirstStatus = 300;

    private readonly uint _statuses;

    private RuntimeInternalRedirect(InternalRedirectPolicy policy)
    {
        foreach (var status in policy.StatusCodes)
        {
            if (status is 301 or 302 or 303 or 307 or 308)
                _statuses |= 1u << (status - FirstStatus);
        }

        MaxRedirects = Math.Clamp(policy.MaxRedirects, 1, InternalRedirectPolicy.MaxLimit);
        AllowsCrossScheme = policy.AllowCrossSchemeRedirect;

        // The new target is what the redirect says it is, and the framing is the request's own.
        CopiedFields = [.. policy.ResponseHeadersToCopy.Where(name => FieldSyntax.IsName(name) && !ReservedFields.Contains(name)).Select(Encoding.ASCII.GetBytes)];
    }

    /// <summary>How many in a row.</summary>
    public int MaxRedirects { get; }

    public bool AllowsCrossScheme { get; }

    public byte[][] CopiedFields { get; }

    public static RuntimeInternalRedirect? Of(InternalRedirectPolicy? policy) => policy is null ? null : new RuntimeInternalRedirect(policy);

    public bool Follows(int statusCode) => statusCode is >= FirstStatus and < FirstStatus + 32 && (_statuses >> (statusCode - FirstStatus) & 1) != 0;
}
