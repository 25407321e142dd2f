namespace Sluice.Translation.Routes;

/// <summary>Where a route serves, and where it would if no route of the other kind were in its way.</summary>
/// <param name="Attachments">The hostnames under which it serves, by listener.</param>
/// <param name="Claims">These, and those that an elder route of the other kind holds. The same instance when there are none of them.</param>
internal sealed record RoutePlaces(Attachment[] Attachments, Attachment[] Claims)
{
    public bool IsSame(RoutePlaces other) =>
        Attachments.AsSpan().SequenceEqual(other.Attachments) && Claims.AsSpan().SequenceEqual(other.Claims);
}
