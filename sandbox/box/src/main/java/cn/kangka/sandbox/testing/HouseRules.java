package cn.kangka.sandbox.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules of the house that a machine can check. Every module's {@code HouseTest} calls {@link #check}. */
public final class HouseRules {
    private static final String[] FRAMEWORKS = {
        "io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..", "org.hibernate..", "java.sql.."
    };

    private HouseRules() {}

    /**
     * Checks a module.
     *
     * @param base its base package, such as {@code cn.kangka.empi}
     * @param purePackages packages below it that import no framework, such as {@code matching}
     */
    public static void check(String base, String... purePackages) {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(base);
        for (ArchRule rule : rules(base)) {
            rule.allowEmptyShould(true).check(classes);
        }
        for (String pure : purePackages) {
            noClasses()
                    .that()
                    .resideInAPackage(base + "." + pure + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FRAMEWORKS)
                    .because("it is pure Java")
                    .check(classes);
        }
    }

    private static List<ArchRule> rules(String base) {
        return List.of(
                slices().matching(base + ".(*)..").should().beFreeOfCycles(),
                noClasses()
                        .should()
                        .dependOnClassesThat(named("Resource").and(notPart(base)))
                        .because("nothing imports a resource"),
                classes().that().haveSimpleNameEndingWith("Store").should().notBePublic(),
                classes().that().haveSimpleNameEndingWith("Entity").should().notBePublic(),
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Client")
                        .and()
                        .areInterfaces()
                        .should()
                        .notBePublic(),
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Policy")
                        .or()
                        .haveSimpleNameEndingWith("Rule")
                        .should(importNoFramework()),
                classes()
                        .that()
                        .haveSimpleNameEndingWith("Resource")
                        .and()
                        .resideOutsideOfPackage("cn.kangka.sandbox.testing")
                        .should(callOneService()),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("jakarta.transaction.Transactional")
                        .because("the transaction style is @WithTransaction, or Database.write for set-based SQL"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("cn.kangka.kit..")
                        .should()
                        .callMethodWhere(named(
                                "withTransaction",
                                "io.vertx.mutiny.sqlclient.Pool",
                                "io.vertx.sqlclient.Pool",
                                "io.quarkus.hibernate.reactive.panache.Panache",
                                "org.hibernate.reactive.mutiny.Mutiny$SessionFactory",
                                "org.hibernate.reactive.mutiny.Mutiny$Session"))
                        .because("a unit of work is opened by @WithTransaction or Database.write only"),
                methods()
                        .that()
                        .areAnnotatedWith("io.quarkus.hibernate.reactive.panache.common.WithTransaction")
                        .should()
                        .beDeclaredInClassesThat()
                        .haveSimpleNameNotEndingWith("Resource")
                        .because("the transaction is the use case's"));
    }

    private static DescribedPredicate<JavaClass> named(String ending) {
        return DescribedPredicate.describe(
                "are named *" + ending,
                type -> type.getSimpleName().endsWith(ending)
                        && type.getPackageName().startsWith("cn.kangka"));
    }

    private static DescribedPredicate<JavaClass> notPart(String base) {
        return DescribedPredicate.describe(
                "of " + base, type -> type.getPackageName().startsWith(base));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> named(
            String method, String... owners) {
        Set<String> names = Set.of(owners);
        return DescribedPredicate.describe(
                method + " of a pool or session",
                call -> call.getName().equals(method)
                        && names.contains(call.getTargetOwner().getFullName()));
    }

    private static ArchCondition<JavaClass> importNoFramework() {
        return new ArchCondition<>("import no framework") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getPackageName())
                        .filter(name -> name.startsWith("io.quarkus")
                                || name.startsWith("jakarta")
                                || name.startsWith("io.vertx")
                                || name.startsWith("io.smallrye"))
                        .distinct()
                        .forEach(name ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " imports " + name)));
            }
        };
    }

    private static ArchCondition<JavaClass> callOneService() {
        return new ArchCondition<>("call one service and no store") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Set<String> services = new TreeSet<>();
                type.getFields().stream()
                        .map(field -> field.getRawType().getName())
                        .filter(name -> name.startsWith("cn.kangka") && !name.startsWith("cn.kangka.kit"))
                        .filter(name -> !name.endsWith("Config"))
                        .forEach(services::add);
                if (services.size() > 1) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " holds " + services));
                }
            }
        };
    }
}
