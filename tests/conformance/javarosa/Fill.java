import java.io.BufferedReader;
import java.io.FileReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.IFormElement;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.condition.IFunctionHandler;
import org.javarosa.core.model.data.AnswerDataFactory;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.UncastData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;
import org.javarosa.xpath.XPathParseTool;
import org.javarosa.xpath.expr.XPathFuncExpr;

/**
 * Asks JavaRosa, the engine of ODK Collect. One command a line on standard input, parts separated by tabs; in
 * every part \n, \t and \\ are written out.
 *
 *   fill  form.xml  instance.xml  [path  text]…
 *                                  loads a filled form, then gives these answers one after the other (paths
 *                                  begin below the root); for each leaf: path, relevant, required, read-only, constraint (true, false, or none),
 *                                  value, choices offered (codes with U+001F between, or none)
 *   eval  expression               what it comes to without a form: its type and its text
 *
 * Each answer ends with a line "end"; what fails is a line "error", class and message.
 */
public class Fill {
    private static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    /** What Collect and others add to the engine; without their files and devices all of it is empty. */
    private static final String[] SILENT = {
        "pulldata", "duration", "device-info", "phone-call-log", "phone-call-duration", "username", "caseid"
    };

    private static class Silent implements IFunctionHandler {
        private final String name;

        Silent(String name) {
            this.name = name;
        }

        public String getName() {
            return name;
        }

        public List<Class[]> getPrototypes() {
            return new ArrayList<>();
        }

        public boolean rawArgs() {
            return true;
        }

        public boolean realTime() {
            return false;
        }

        public Object eval(Object[] arguments, EvaluationContext context) {
            return "";
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrototypeManager.registerPrototypes(JavaRosaCoreModule.classNames);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager((IPropertyManager) Proxy.newProxyInstance(
            Fill.class.getClassLoader(), new Class<?>[] {IPropertyManager.class}, (proxy, method, given) -> method.getReturnType() == String.class ? "" : null));
        System.setOut(new PrintStream(PrintStream.nullOutputStream()));
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] parts = line.split("\t", -1);
            try {
                if (parts[0].equals("fill")) fill(parts);
                else eval(read(parts[1]));
            } catch (Throwable problem) {
                say("error", problem.getClass().getSimpleName(), String.valueOf(problem.getMessage()));
            }
            say("end");
            OUT.flush();
        }
    }

    private static void fill(String[] parts) throws Exception {
        try (FileReader form = new FileReader(read(parts[1]), StandardCharsets.UTF_8);
             FileReader instance = new FileReader(read(parts[2]), StandardCharsets.UTF_8)) {
            FormDef loaded = new XFormParser(form, instance).parse();
            for (String name : SILENT) loaded.getEvaluationContext().addFunctionHandler(new Silent(name));
            loaded.initialize(false, new InstanceInitializationFactory());
            Map<String, TreeElement> leaves = new HashMap<>();
            collect(loaded.getInstance().getRoot(), leaves);
            for (int place = 3; place + 1 < parts.length; place += 2) {
                TreeElement leaf = leaves.get(read(parts[place]));
                String given = read(parts[place + 1]);
                loaded.setValue(given.isEmpty() ? null
                    : AnswerDataFactory.templateByDataType(leaf.getDataType()).cast(new UncastData(given)), leaf.getRef(), true);
            }
            List<String[]> described = new ArrayList<>();
            List<TreeElement> places = new ArrayList<>();
            report(loaded, loaded.getInstance().getRoot(), described, places);
            // Asking for choices takes answers away that are not among them: so all else is said before.
            Map<String, QuestionDef> questions = new HashMap<>();
            questions(loaded, questions);
            for (int place = 0; place < places.size(); place++) {
                String[] said = described.get(place);
                said[said.length - 1] = choices(loaded, questions.get(plain(places.get(place).getRef())), places.get(place));
                say(said);
            }
        }
    }

    private static void collect(TreeElement node, Map<String, TreeElement> leaves) {
        for (int place = 0; place < node.getNumChildren(); place++) {
            TreeElement child = node.getChildAt(place);
            if (child.getMult() == TreeReference.INDEX_TEMPLATE) continue;
            leaves.put(plain(child.getRef()).replaceFirst("^/[^/]+/", ""), child);
            collect(child, leaves);
        }
    }

    private static void questions(IFormElement element, Map<String, QuestionDef> found) {
        if (element instanceof QuestionDef) found.put(plain((TreeReference) element.getBind().getReference()), (QuestionDef) element);
        else if (element.getChildren() != null) for (IFormElement child : element.getChildren()) questions(child, found);
    }

    private static String plain(TreeReference place) {
        return place.genericize().toString(false);
    }

    private static String choices(FormDef form, QuestionDef question, TreeElement leaf) {
        if (question == null || !leaf.isRelevant()) return "none";
        List<SelectChoice> offered = question.getChoices();
        if (question.getDynamicChoices() != null) {
            try {
                offered = question.getDynamicChoices().getChoices(form, leaf.getRef());
            } catch (RuntimeException problem) {
                return "none";
            }
        }
        if (offered == null || offered.isEmpty() && question.getDynamicChoices() == null) return "none";
        List<String> codes = new ArrayList<>();
        for (SelectChoice choice : offered) codes.add(choice.getValue());
        return String.join("\037", codes);
    }

    private static void report(FormDef form, TreeElement node, List<String[]> described, List<TreeElement> places) {
        for (int place = 0; place < node.getNumChildren(); place++) {
            TreeElement child = node.getChildAt(place);
            if (child.getMult() == TreeReference.INDEX_TEMPLATE) continue;
            if (child.getNumChildren() > 0) {
                report(form, child, described, places);
            } else {
                described.add(describe(form, child));
                places.add(child);
            }
        }
    }

    private static String[] describe(FormDef form, TreeElement leaf) {
        TreeReference place = leaf.getRef();
        IAnswerData value = leaf.getValue();
        Object written = value == null ? "" : new XFormAnswerDataSerializer().serializeAnswerData(value, leaf.getDataType());
        String allowed = "none";
        if (leaf.getConstraint() != null && value != null) {
            try {
                allowed = String.valueOf(form.evaluateConstraint(place, value));
            } catch (RuntimeException problem) {
                allowed = "error";
            }
        }
        return new String[] {place.toString(true), String.valueOf(leaf.isRelevant()), String.valueOf(leaf.isRequired()),
            String.valueOf(!leaf.isEnabled()), allowed, String.valueOf(written), "none"};
    }

    private static void eval(String expression) throws Exception {
        Object value = XPathFuncExpr.unpack(
            XPathParseTool.parseXPath(expression).eval(null, new EvaluationContext(null)));
        say(value.getClass().getSimpleName(), XPathFuncExpr.toString(value));
    }

    private static void say(String... parts) {
        List<String> written = new ArrayList<>();
        for (String part : parts) {
            written.add(part.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r"));
        }
        OUT.println(String.join("\t", written));
    }

    private static String read(String written) {
        return written.translateEscapes();
    }
}
