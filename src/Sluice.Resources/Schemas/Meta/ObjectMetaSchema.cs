using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Meta;

/// <summary>metadata of every kind, and what stands around it.</summary>
internal static class ObjectMetaSchema
{
    private const string Package = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    private static readonly SchemaNode Owner = Object(
        Required("apiVersion", AnyText),
        Required("kind", AnyText),
        Required("name", AnyText),
        Required("uid", AnyText),
        Optional("controller", Flag, "Whether this owner manages the object; at most one does."),
        Optional("blockOwnerDeletion", Flag, "Whether foreground deletion of the owner waits for this object.")) with
    { IsAtomicMap = true };

    private static readonly SchemaNode ManagedFields = Object(
        Optional("manager", AnyText, "Who applied or updated the fields."),
        Optional("operation", AnyText, "Apply or Update."),
        Optional("apiVersion", AnyText, "The version that the fields are named in."),
        Optional("time", Time),
        Optional("fieldsType", AnyText, "FieldsV1."),
        Optional("fieldsV1", Open(), "The fields, as a tree of their names."),
        Optional("subresource", AnyText, "The subresource that was written; absent for the object itself."));

    public static SchemaNode ObjectMeta { get; } = Object(
        Optional("name", AnyText, "Unique among the objects of the kind, and of the namespace if the kind has namespaces."),
        Optional("generateName", AnyText, "A prefix to make a name from when none is given."),
        Optional("namespace", AnyText, "Where the object lives."),
        Optional("labels", StringMap, "Short values that selectors compare."),
        Optional("annotations", StringMap, "Values for tools; selectors do not see them."),
        Optional("uid", AnyText, "Set by the server; tells apart objects that had the same name at different times."),
        Optional("resourceVersion", AnyText, "Set by the server; changes with every write."),
        Optional("generation", Integer(format: "int64"), "Set by the server; grows when what is wanted changes."),
        Optional("creationTimestamp", Time, "Set by the server."),
        Optional("deletionTimestamp", Time, "Set by the server when the object is being deleted and finalizers hold it."),
        Optional("deletionGracePeriodSeconds", Integer(format: "int64"), "Seconds that the object is given to end."),
        Optional("finalizers", Set(AnyText).MergedBy(null), "Names of those who must agree before the object goes."),
        Optional("ownerReferences", Keyed("uid", Owner.Named(Package + "OwnerReference")).MergedBy("uid"), "Objects that this one goes with."),
        Optional("managedFields", List(ManagedFields.Named(Package + "ManagedFieldsEntry")), "Who owns which field; kept by the server."),
        Optional("selfLink", AnyText, "Not used any more."))
        .Named(Package + "ObjectMeta") with
    { Description = "Name, namespace, labels, annotations and what the server keeps about the object." };

    /// <summary>metadata of lists.</summary>
    public static SchemaNode ListMeta { get; } = Object(
        Optional("resourceVersion", AnyText, "The state that the list shows; a watch may go on from it."),
        Optional("continue", AnyText, "Asks for the next page; absent on the last one."),
        Optional("remainingItemCount", Integer(format: "int64"), "Objects that later pages hold, when known."),
        Optional("selfLink", AnyText, "Not used any more."))
        .Named(Package + "ListMeta");

    /// <summary>The body of a delete.</summary>
    public static SchemaNode DeleteOptions { get; } = Object(
        Optional("apiVersion", AnyText),
        Optional("kind", AnyText),
        Optional("dryRun", Strings, "All: nothing is written."),
        Optional("gracePeriodSeconds", Integer(format: "int64")),
        Optional("propagationPolicy", AnyText, "Orphan, Background or Foreground: what becomes of objects that this one owns."),
        Optional("preconditions", Object(Optional("uid", AnyText), Optional("resourceVersion", AnyText)), "What must hold for the object to go."))
        .Named(Package + "DeleteOptions");

    /// <summary>The answer that is not an object.</summary>
    public static SchemaNode Status { get; } = Object(
        Optional("apiVersion", AnyText),
        Optional("kind", AnyText),
        Optional("metadata", ListMeta),
        Optional("status", AnyText, "Success or Failure."),
        Optional("message", AnyText, "A sentence for people."),
        Optional("reason", AnyText, "One word for programs."),
        Optional("details", Open(), "What was asked for, and what was wrong with it."),
        Optional("code", Integer(), "The HTTP status."))
        .Named(Package + "Status");

    public static SchemaNode Patch { get; } = Object().Named(Package + "Patch") with { Description = "A change to an object; the content type says of which kind." };

    /// <summary>A whole object.</summary>
    /// <param name="description">What the kind is for.</param>
    /// <param name="fields">Fields beside apiVersion, kind and metadata.</param>
    public static SchemaNode Root(string description, params ReadOnlySpan<SchemaField> fields) => Object(
        [
            Optional("apiVersion", AnyText, "API group and version; the version alone for core."),
            Optional("kind", AnyText, "The name of the kind."),
            Optional("metadata", ObjectMeta),
            .. fields,
        ]) with
    { Description = description };
}
