namespace Sluice.Proxy.Bodies;

/// <summary>A message as an <see cref="IBodyEdit"/> sees it: the request, and behind it the response when that is what is changed.</summary>
internal readonly struct BodyMessage(BodyWork work, bool isResponse, bool hasBody)
{
    /// <summary>Also while the response is changed: as the backend got it, before the rule's own edits.</summary>
    public RequestDraft Request => work.Request;

    public ResponseDraft Response => work.Response;

    public bool IsResponse => isResponse;

    /// <summary>What is changed.</summary>
    public MessageDraft Head => isResponse ? work.Response : work.Request;

    /// <summary>The body is there, empty or not, and may be replaced. False for messages that have none by their nature, and streams.</summary>
    public bool HasBody => hasBody;

    public HeldBody Body => work.Body;

    public BodyWork Work => work;
}
